import { everyNode } from '../every-node.ts';
import type { LintedNode } from '../finding.ts';
import { keywordOf } from '../keyword-of.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/invalid-definition-description/ */
export const invalidDefinitionDescription: LintRule = {
  name: 'InvalidDefinitionDescription',
  severity: 'warning',
  why: 'Tools that list targets and arguments show the comment above them as their description.',
  experimental: true,
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      for (const node of everyNode(dockerfile)) {
        const names = definedNames(node);
        const [word = ''] = /\S+/u.exec(commentsOf(node).at(-1) ?? '') ?? [];
        if (names.length === 0 || commentsOf(node).length === 0 || names.includes(word)) continue;
        const subject = names.length === 1 ? names[0] : '<arg_key>';
        report({
          node,
          message: `Comment for ${keywordOf(node)} should follow the format: \`# ${subject} <description>\``,
        });
      }
    },
  }),
};

function commentsOf({ source, comments = [] }: LintedNode): readonly string[] {
  return source?.comments ?? comments;
}

function definedNames(node: LintedNode): readonly string[] {
  if (node.kind === 'From') return node.name === undefined ? [] : [node.name.toLowerCase()];
  return node.kind === 'Arg' ? node.args.map(({ name }) => name) : [];
}
