import type { Command } from '../ast/command.ts';
import { wordText } from '../ast/word-text.ts';
import type { StageState } from './stage-state.ts';
import { withShell } from './with-shell.ts';

/** The process CMD and ENTRYPOINT name. */
export function processOf(command: Command, state: StageState): readonly string[] {
  if (command.form === 'exec') return command.argv;
  return withShell(state, commandText(command));
}

/** The shell text of a command that is not in exec form. */
export function commandText(command: Exclude<Command, { readonly form: 'exec' }>): string {
  return command.form === 'script' ? wordText(command.body) : command.commands.map(wordText).join(' && ');
}
