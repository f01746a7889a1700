import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const useAptGet: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'use-apt-get',
    aliases: ['DL3027'],
    severity: 'warning',
    why: 'apt is made for people: its options and output change.',
  },
  (command) =>
    isCommand(command, 'apt', 'install', 'update', 'upgrade', 'remove', 'purge')
      ? { message: '"apt" is used in a script.', hint: 'Use "apt-get" or "apt-cache".' }
      : undefined,
);
