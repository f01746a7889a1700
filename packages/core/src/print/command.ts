import type { Command, ExecCommand, ScriptCommand, ShellCommand } from '../ast/command.ts';
import { wordText } from '../ast/word-text.ts';
import { hasHeredocs } from '../profile/feature.ts';
import {
  bodyProblem,
  chooseDelimiter,
  closeHeredoc,
  opensHeredocs,
  printShellHeredocs,
} from './here-document.ts';
import { printArgv } from './json-array.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { isPlainText, mayOpenHeredoc } from './shell-text.ts';

/** A command as an instruction writes it. */
export interface PrintedCommand {
  /** What may stand on a line of its own each. */
  readonly parts: readonly string[];
  /** Bodies of here-documents, which follow the last part. */
  readonly bodies: string;
}

/** The command of CMD and ENTRYPOINT: text that can't stand as it is becomes the array that it would be stored as. */
export function printCommand(command: Command, context: PrintContext, what: string): string {
  if (command.form === 'exec') return printArgv(command.argv, context, `${what} argument`);
  if (command.form === 'script') return printThroughShell(wordText(command.body), context, what);
  const text = joinCommands(command, context, what);
  if (isPlainText(text, context.escape)) return behindFlags(text);
  return printThroughShell(text, context, what);
}

/** The command of RUN: here-documents where the profile has them, one command a line. */
export function printRunCommand(
  command: Command,
  flags: readonly string[],
  context: PrintContext,
): PrintedCommand {
  if (command.form === 'exec') return onePart(printRunArgv(command, context));
  return command.form === 'script'
    ? printScript(command, flags, context)
    : printShell(command, flags, context);
}

/** Commands joined with `&&`, as one text. */
export function joinCommands(command: ShellCommand, context: PrintContext, what: string): string {
  const texts = command.commands.map(wordText);
  if (texts.length === 0 || texts.includes('')) {
    refuse(context, `A ${what} has an empty command.`, 'Pass a command, such as "npm ci".');
  }
  return texts.join(' && ');
}

function printRunArgv(command: ExecCommand, context: PrintContext): string {
  if (command.argv.length > 0) return printArgv(command.argv, context, 'RUN argument');
  return refuse(context, 'A RUN has an empty array.', 'Name the program to run.');
}

function printShell(command: ShellCommand, flags: readonly string[], context: PrintContext): PrintedCommand {
  const text = joinCommands(command, context, 'RUN');
  const { heredocs = [] } = command;
  const isPlain = isPlainText(text, context.escape);
  const line = [...flags, text].join(' ');
  if (isPlain && heredocs.length > 0) {
    return { parts: [behindFlags(text)], bodies: printShellHeredocs(line, heredocs, context) };
  }
  if (!isPlain || mayOpenHeredoc(line)) return printText(text, flags, context);
  const [first = '', ...rest] = command.commands.map(wordText);
  return { parts: [behindFlags(first), ...rest.map((other) => `&& ${other}`)], bodies: '' };
}

/** Text of several lines, or text that BuildKit would read differently. */
function printText(text: string, flags: readonly string[], context: PrintContext): PrintedCommand {
  const hasLines = text.indexOf('\n') < text.length - 1;
  const script = hasLines && !text.startsWith('#!') ? printHeredoc(text, 'EOF', flags, context) : undefined;
  return script ?? onePart(printThroughShell(text, context, 'RUN'));
}

function printScript(
  { body, delimiter = 'EOF' }: ScriptCommand,
  flags: readonly string[],
  context: PrintContext,
): PrintedCommand {
  const text = wordText(body);
  const wanted = /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/u.test(delimiter) ? delimiter : 'EOF';
  const script = text === '' ? undefined : printHeredoc(text, wanted, flags, context);
  if (script !== undefined || !text.startsWith('#!')) {
    return script ?? onePart(printThroughShell(text, context, 'RUN'));
  }
  // A profile without here-documents is reported as such, by the feature table.
  if (hasHeredocs(context.profile)) {
    refuse(
      context,
      `The script ${quoteValue(text)} ${bodyProblem(text) ?? 'cannot stand behind these flags'}.`,
      'Copy it as a file and run that.',
    );
  }
  return onePart('');
}

/** Undefined where the text would not be read back as it is. */
function printHeredoc(
  text: string,
  wanted: string,
  flags: readonly string[],
  context: PrintContext,
): PrintedCommand | undefined {
  if (!hasHeredocs(context.profile) || bodyProblem(text) !== undefined) return undefined;
  const delimiter = chooseDelimiter(text, new Set(), wanted);
  const opening = `<<"${delimiter}"`;
  // Only quotes in flags can hide it.
  if (flags.length > 0 && !opensHeredocs([...flags, opening].join(' '), [delimiter])) return undefined;
  return { parts: [opening], bodies: closeHeredoc(text, delimiter) };
}

/** The exec form that gives the same process: the shell and the text. */
function printThroughShell(text: string, context: PrintContext, what: string): string {
  return printArgv([...context.shell, text], context, `${what} command`);
}

/** `--` ends the flags, so that a command may begin with a dash. */
function behindFlags(text: string): string {
  return text.startsWith('--') ? `-- ${text}` : text;
}

function onePart(part: string): PrintedCommand {
  return { parts: [part], bodies: '' };
}
