import type { RunNode } from '../../ast/run.ts';
import { wordText } from '../../ast/word-text.ts';
import { type SimpleCommand, splitCommands } from './split-commands.ts';

const known = new WeakMap<RunNode, readonly SimpleCommand[]>();

/** The simple commands of a RUN; an exec form is one. */
export function commandsOf(run: RunNode): readonly SimpleCommand[] {
  const found = known.get(run);
  if (found !== undefined) return found;
  const { command } = run;
  const commands =
    command.form === 'exec' ? [{ words: command.argv, isPiped: false }] : splitCommands(shellTextOf(run));
  known.set(run, commands);
  return commands;
}

/** The shell text of a RUN; empty for an exec form. */
export function shellTextOf({ command }: RunNode): string {
  if (command.form === 'exec') return '';
  return command.form === 'script'
    ? wordText(command.body)
    : command.commands.map((text) => wordText(text)).join('\n');
}

/** Whether the command is `name`, by whatever path, with `subcommand` as its first argument that is no flag. */
export function isCommand(
  { words }: SimpleCommand,
  name: string,
  ...subcommands: readonly string[]
): boolean {
  const [program = '', ...rest] = words;
  if (program !== name && !program.endsWith(`/${name}`)) return false;
  return subcommands.length === 0 || subcommands.includes(rest.find((word) => !word.startsWith('-')) ?? '');
}

/** Whether one of these flags is given: a long one, or a letter also among others such as `-qy`. */
export function hasFlag({ words }: SimpleCommand, ...flags: readonly string[]): boolean {
  return words.some((word) =>
    flags.some((flag) =>
      /^-[^-]$/u.test(flag)
        ? /^-[A-Za-z]+$/u.test(word) && word.includes(flag.slice(1))
        : word === flag || word.startsWith(`${flag}=`),
    ),
  );
}
