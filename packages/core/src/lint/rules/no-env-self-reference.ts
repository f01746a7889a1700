import type { EnvNode } from '../../ast/env.ts';
import type { Word } from '../../ast/word.ts';
import { wordText } from '../../ast/word-text.ts';
import { rootOf } from '../../evaluate/stage-state.ts';
import type { LintedNode } from '../finding.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noEnvSelfReference: LintRule = {
  name: 'no-env-self-reference',
  aliases: ['DL3044'],
  severity: 'error',
  why: 'A variable has its old value in the whole instruction that sets it.',
  listen: ({ facts, report }) => {
    const reported = new Set<LintedNode>();
    return {
      word: ({ node, owner, state, word, unset }) => {
        if (node.kind !== 'Env' || unset.length === 0 || reported.has(owner)) return;
        const found = setBeside(node, word, unset).find((name) => !state.declaredArgs.has(name));
        if (found === undefined) return;
        reported.add(owner);
        const assumes = facts.assumption(rootOf(state).baseName);
        report({
          node: owner,
          message: `"${found}" is set and used in the same ENV.`,
          hint: 'Write two ENV instructions.',
          ...(assumes === undefined ? {} : { assumes }),
        });
      },
    };
  },
};

/** Those of the names that the same ENV sets in another pair than the one of the word. */
function setBeside({ pairs }: EnvNode, word: Word, names: readonly string[]): readonly string[] {
  const others = pairs.filter(([, value]) => value !== word).map(([key]) => wordText(key));
  return names.filter((name) => others.includes(name));
}
