import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const wgetWithoutProgress: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'wget-without-progress',
    aliases: ['DL3047'],
    severity: 'info',
    why: 'The progress bar of wget fills the log of the build.',
  },
  (command) => {
    if (
      !isCommand(command, 'wget') ||
      hasFlag(
        command,
        '--progress',
        '-q',
        '--quiet',
        '-nv',
        '--no-verbose',
        '-o',
        '-a',
        '--output-file',
        '--append-output',
      )
    )
      return undefined;
    return { message: '"wget" shows a progress bar.', hint: 'Add "--progress=dot:giga" or "--quiet".' };
  },
);
