import type { AddNode } from '../../ast/add.ts';
import type { CopyNode } from '../../ast/copy.ts';
import { expandWord } from '../../evaluate/expand-word.ts';
import { cleanPath } from '../../evaluate/paths.ts';
import { sourceKind } from '../../evaluate/remote-source.ts';
import type { StageState } from '../../evaluate/stage-state.ts';
import type { LintIgnore } from '../lint-options.ts';
import type { LintRule } from '../rule.ts';

const everything: ReadonlySet<string> = new Set(['*', '**', '**/*']);

/** @see https://docs.docker.com/reference/build-checks/copy-ignored-file/ */
export const copyIgnoredFile: LintRule = {
  name: 'CopyIgnoredFile',
  severity: 'warning',
  why: 'A file that the ignore file keeps at home can not be copied: the build fails.',
  listen: ({ facts, report }) => ({
    instruction: ({ node, owner, state }) => {
      const { ignore } = facts.options;
      if (ignore === undefined || ignore.lines.some(({ negated }) => negated)) return;
      if (node.kind !== 'Add' && (node.kind !== 'Copy' || node.from !== undefined)) return;
      for (const source of sourcesOf(node, state)) {
        const path = cleanPath(source).replace(/^\/+/u, '') || '.';
        if (!isIgnored(path, ignore)) continue;
        const verb = node.kind === 'Add' ? 'Add' : 'Copy';
        report({
          node: owner,
          message: `Attempting to ${verb} file "${path}" that is excluded by .dockerignore`,
        });
      }
    },
  }),
};

function sourcesOf(node: AddNode | CopyNode, state: StageState): readonly string[] {
  const sources = node.sources.map((word) => expandWord(word, state.environment).value);
  return node.kind === 'Add' ? sources.filter((source) => sourceKind(source) === 'path') : sources;
}

function isIgnored(path: string, ignore: LintIgnore): boolean {
  if (path === '.') return ignore.lines.some(({ text }) => everything.has(text));
  return ignore.ignores(path);
}
