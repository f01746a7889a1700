import { wordText } from '../../ast/word-text.ts';
import { cleanPath } from '../../evaluate/paths.ts';
import { matchesPath } from '../matches-path.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const globMatchesNothing: LintRule = {
  name: 'glob-matches-nothing',
  severity: 'warning',
  why: 'The build fails, or silently copies nothing: that depends on the builder.',
  listen: ({ facts, report }) => ({
    dockerfile: ({ stages }) => {
      const { contextFiles } = facts.options;
      if (contextFiles === undefined) return;
      for (const node of stages.flatMap(({ instructions }) => instructions)) {
        if (node.kind !== 'Copy' || node.from !== undefined) continue;
        for (const source of node.sources) {
          const pattern = cleanPath(wordText(source)).replace(/^\/+/u, '') || '.';
          if (pattern === '.' || pattern.includes('$') || contextFiles.some((path) => covers(pattern, path)))
            continue;
          report({
            node,
            message: `"${wordText(source)}" matches no file of the context.`,
            hint: 'Check the name, and the ignore file.',
          });
        }
      }
    },
  }),
};

/** Whether the pattern matches the path or one of its directories. */
function covers(pattern: string, path: string): boolean {
  const parts = path.split('/');
  return parts.some((_, index) => matchesPath(pattern, parts.slice(0, index + 1).join('/')));
}
