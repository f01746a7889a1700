import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const useShellInstruction: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'use-shell-instruction',
    aliases: ['DL4005'],
    severity: 'warning',
    why: 'Replacing the shell of the image surprises every script in it.',
  },
  (command) =>
    isCommand(command, 'ln') && /^\/bin\/sh$/u.test(command.words.at(-1) ?? '')
      ? { message: 'The shell of the image is replaced.', hint: 'Use the SHELL instruction.' }
      : undefined,
);
