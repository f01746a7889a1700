import type { Command } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

/** The script that teaches a shell the commands and options of a program. */
export function completionScript(program: Command, shell: Shell): string {
  return scripts[shell](program);
}

const scripts: Readonly<Record<Shell, (program: Command) => string>> = {
  bash: bashScript,
  zsh: (program) => `#compdef stagecraft\nautoload -Uz bashcompinit && bashcompinit\n${bashScript(program)}`,
  fish: fishScript,
};

function bashScript(program: Command): string {
  const names = program.commands.map((command) => command.name());
  return `_stagecraft() {
  local current=\${COMP_WORDS[COMP_CWORD]} words
  if [[ $COMP_CWORD -eq 1 ]]; then
    words="${[...names, ...flagsOf(program)].join(' ')}"
  else
    case \${COMP_WORDS[1]} in
${program.commands.map((command) => `      ${command.name()}) words="${flagsOf(command).join(' ')}" ;;`).join('\n')}
    esac
    [[ $current == -* ]] || words=
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _stagecraft stagecraft
`;
}

function fishScript(program: Command): string {
  const lines = program.commands.flatMap((command) => [
    `complete -c stagecraft -n __fish_use_subcommand -f -a ${command.name()} -d ${quote(command.description())}`,
    ...command.options.map(
      ({ long, description }) =>
        `complete -c stagecraft -n '__fish_seen_subcommand_from ${command.name()}' -l ${(long ?? '').slice(2)} -d ${quote(description)}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

function flagsOf(command: Command): readonly string[] {
  return command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
