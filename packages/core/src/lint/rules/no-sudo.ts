import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noSudo: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'no-sudo',
    aliases: ['DL3004'],
    severity: 'error',
    why: 'RUN is root already, or USER says who else.',
  },
  (command) =>
    isCommand(command, 'sudo')
      ? { message: '"sudo" is used in RUN.', hint: 'Use USER to change the user.' }
      : undefined,
);
