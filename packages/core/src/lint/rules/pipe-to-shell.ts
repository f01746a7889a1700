import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const pipeToShell: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'pipe-to-shell',
    severity: 'warning',
    why: 'What is downloaded is run without anyone having looked at it, and it may be another file tomorrow.',
  },
  (command) => {
    const [program = ''] = command.words;
    if (!command.isPiped || !/(?:^|\/)(?:ba|da|z|a)?sh$/u.test(program)) return undefined;
    return {
      message: `The output of a command is run by "${program}".`,
      hint: 'Download a file of a fixed version, check its digest (ADD --checksum), and run it.',
    };
  },
);
