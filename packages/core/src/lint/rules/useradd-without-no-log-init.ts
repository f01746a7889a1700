import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const useraddWithoutNoLogInit: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'useradd-without-no-log-init',
    aliases: ['DL3046'],
    severity: 'warning',
    why: 'With a high number, useradd writes sparse log files that are not sparse in a layer.',
  },
  (command) => {
    if (!isCommand(command, 'useradd') || hasFlag(command, '-l', '--no-log-init')) return undefined;
    const index = command.words.findIndex((word) => word === '-u' || word === '--uid');
    const number = Number(command.words[index + 1]);
    if (index < 0 || !(number > 99_999)) return undefined;
    return {
      message: `"useradd" with the number ${number} fills the log files of logins.`,
      hint: 'Add "--no-log-init".',
    };
  },
);
