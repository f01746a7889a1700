import { wordText } from '../../ast/word-text.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noEnvSelfReference: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'no-env-self-reference',
    aliases: ['DL3044'],
    severity: 'error',
    why: 'A variable has its old value in the whole instruction that sets it.',
  },
  (node) => {
    if (node.kind !== 'Env') return undefined;
    const names = node.pairs.map(([key]) => wordText(key));
    for (const [index, [, value]] of node.pairs.entries()) {
      const own = names[index];
      const used = [...wordText(value).matchAll(/(?<!\\)\$\{?(\w+)/gu)].map(([, name = '']) => name);
      const found = used.find((name) => name !== own && names.includes(name));
      if (found !== undefined) {
        return {
          message: `"${found}" is set and used in the same ENV.`,
          hint: 'Write two ENV instructions.',
        };
      }
    }
    return undefined;
  },
);
