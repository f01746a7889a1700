import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { shellTextOf } from '../shell/commands-of.ts';
import { splitCommands } from '../shell/split-commands.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const heredocWithoutSetE: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'heredoc-without-set-e',
    severity: 'warning',
    why: 'The script goes on after a command that failed, and the build with it.',
  },
  (node) => {
    if (node.kind !== 'Run' || node.command.form !== 'script') return undefined;
    const text = shellTextOf(node);
    if (/^#!(?!.*\b(?:sh|bash|ash|dash)\b)/u.test(text)) return undefined;
    const commands = splitCommands(text);
    const isStrict = commands.some(
      ({ words }) => words[0] === 'set' && words.some((word) => /^-\w*e/u.test(word) || word === 'errexit'),
    );
    if (commands.length < 2 || isStrict || /^#!.*\s-\w*e/u.test(text)) return undefined;
    return { message: 'The script does not stop at a command that fails.', hint: 'Begin it with "set -e".' };
  },
);
