import { wordText } from '../../ast/word-text.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const useNumericUser: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'use-numeric-user',
    aliases: ['DL3066'],
    severity: 'info',
    why: 'An orchestrator that demands a user other than root can only check a number.',
  },
  (node, { isFinal }) => {
    if (node.kind !== 'User' || !isFinal) return undefined;
    const name = wordText(node.user);
    if (name.includes('$') || /^\d/u.test(name) || /^root(?::|$)/u.test(name)) return undefined;
    return {
      message: `The user "${name}" is not a number.`,
      hint: 'Write its number, such as "USER 1000:1000".',
    };
  },
);
