import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const packageManagerWithoutYes: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'package-manager-without-yes',
    aliases: ['DL3030', 'DL3034', 'DL3038'],
    severity: 'warning',
    why: 'The package manager asks, and nobody answers.',
  },
  (command) => {
    const name = ['yum', 'dnf', 'microdnf', 'zypper'].find((each) =>
      isCommand(command, each, 'install', 'in', 'update', 'upgrade', 'groupinstall'),
    );
    if (
      name === undefined ||
      hasFlag(command, '-y', '--assumeyes', '--non-interactive', '-n', '--no-confirm')
    )
      return undefined;
    return {
      message: `"${name}" asks for confirmation.`,
      hint: name === 'zypper' ? 'Add "--non-interactive".' : 'Add "-y".',
    };
  },
);
