import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const aptGetWithRecommends: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'apt-get-with-recommends',
    aliases: ['DL3015'],
    severity: 'info',
    why: 'Recommended packages are rarely needed in an image.',
  },
  (command) => {
    if (!isCommand(command, 'apt-get', 'install') || hasFlag(command, '--no-install-recommends'))
      return undefined;
    if (command.words.some((word) => /^(?:-o)?APT::Install-Recommends=(?:false|0)$/iu.test(word)))
      return undefined;
    return {
      message: '"apt-get install" brings recommended packages along.',
      hint: 'Add "--no-install-recommends".',
    };
  },
);
