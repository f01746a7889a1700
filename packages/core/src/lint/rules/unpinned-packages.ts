import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';
import type { SimpleCommand } from '../shell/split-commands.ts';

interface Installer {
  readonly is: (command: SimpleCommand) => boolean;
  readonly pinned: RegExp;
}

const installers: readonly Installer[] = [
  { is: (command) => isCommand(command, 'apt-get', 'install'), pinned: /=|\/|\.deb$/u },
  { is: (command) => isCommand(command, 'apk', 'add'), pinned: /[=<>~@]/u },
  { is: (command) => isCommand(command, 'gem', 'install'), pinned: /:\d/u },
  {
    is: (command) => isCommand(command, 'npm', 'install', 'i') && command.words.length > 2,
    pinned: /.@|^[./]/u,
  },
  { is: (command) => isCommand(command, 'go', 'install'), pinned: /@v?\d|^\./u },
  {
    is: (command) =>
      /^(?:.*\/)?pip3?$/u.test(command.words[0] ?? '') &&
      command.words[1] === 'install' &&
      !hasFlag(command, '-r', '--requirement'),
    pinned: /[=<>~@]|^[./]|\.whl$/u,
  },
];

/** @see https://docs.docker.com/build/building/best-practices/ */
export const unpinnedPackages: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'unpinned-packages',
    aliases: ['DL3008', 'DL3013', 'DL3016', 'DL3018', 'DL3028', 'DL3062'],
    severity: 'warning',
    isOff: true,
    why: 'Without a version, another build gets another package.',
  },
  (command) => {
    const installer = installers.find(({ is }) => is(command));
    const name = installer && namesIn(command).find((word) => !installer.pinned.test(word));
    if (name === undefined) return undefined;
    return { message: `The package "${name}" has no version.`, hint: 'Pin it, and let a bot move the pin.' };
  },
);

/** What stands behind the subcommand; values of flags are told by the equals sign only. */
function namesIn({ words }: SimpleCommand): readonly string[] {
  return words
    .slice(1)
    .filter((word) => !word.startsWith('-') && !word.includes('$'))
    .slice(1);
}
