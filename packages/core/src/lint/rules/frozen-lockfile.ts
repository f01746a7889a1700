import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const frozenLockfile: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'frozen-lockfile',
    severity: 'warning',
    why: 'The lockfile may be written anew, and then another set of packages is installed than was tested.',
  },
  (command) => {
    const isYarn = isCommand(command, 'yarn') && (command.words[1] ?? 'install') === 'install';
    if (!isYarn && !isCommand(command, 'pnpm', 'install', 'i') && !isCommand(command, 'bun', 'install'))
      return undefined;
    const rest = command.words.slice(2).filter((word) => !word.startsWith('-'));
    if (
      rest.length > 0 ||
      hasFlag(command, '--frozen-lockfile', '--immutable', '--offline', '-g', '--global')
    )
      return undefined;
    return {
      message: `"${command.words.slice(0, 2).join(' ')}" does not keep to the lockfile.`,
      hint: 'Add "--frozen-lockfile", or "--immutable" for Yarn 2 and later.',
    };
  },
);
