import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const aptGetWithoutYes: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'apt-get-without-yes',
    aliases: ['DL3014'],
    severity: 'warning',
    why: 'apt-get asks, and nobody answers.',
  },
  (command) => {
    if (!isCommand(command, 'apt-get', 'install') || hasFlag(command, '-y', '--yes', '--assume-yes', '-qq'))
      return undefined;
    return { message: '"apt-get install" asks for confirmation.', hint: 'Add "-y".' };
  },
);
