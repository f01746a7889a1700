import { check, checkOptions } from '../ast/check.ts';
import type { Command, ShellText } from '../ast/command.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { freeze, freezeList } from '../util/freeze.ts';
import { type RunOptions, runShape } from './options.ts';
import type { Script } from './shell-text.ts';

/** One command of a RUN before its form is known. */
export type RunForm = ShellText | Script | readonly string[];

/** Exec form for an array, shell form for text; throws `no-shell` where there is none. */
export function toCommand(
  instruction: string,
  form: string | ShellText | readonly string[],
  shell: boolean,
): Command {
  if (isArgv(form)) return exec(instruction, form);
  check(`The command of ${instruction}`, form, 'word');
  requireShell(instruction, form, shell);
  return freeze({ form: 'shell', commands: freezeList([form]) });
}

/** The command of a RUN: several texts are joined with `&&`. */
export function toRunCommand(forms: readonly RunForm[], shell: boolean): Command {
  const [first, ...rest] = forms;
  if (first === undefined || first === '' || (isArgv(first) && first.length === 0)) {
    throw new StagecraftError('invalid-value', 'A RUN has no command.', {
      hint: 'Pass a command, such as "npm ci".',
    });
  }
  if (isArgv(first) && rest.length === 0) return exec('RUN', first);
  if (isScript(first) && rest.length === 0) {
    requireShell('RUN', 'a script', shell);
    return freeze({ form: 'script', body: first.body });
  }
  const commands = forms.map((form) => {
    if (!isArgv(form) && !isScript(form)) return check('A command of RUN', form, 'word');
    throw new StagecraftError(
      'invalid-value',
      'A RUN takes one array, one script, or one or more shell commands, not a mixture.',
      {
        hint: 'Split it into several .run() calls.',
      },
    );
  });
  requireShell('RUN', first, shell);
  return freeze({ form: 'shell', commands: freezeList(commands) });
}

/** The commands and the options of a `.run(…)` call; options given twice are merged. */
export function splitRunArguments(args: readonly unknown[]): {
  readonly forms: readonly RunForm[];
  readonly options: RunOptions;
} {
  const forms = args.filter(isRunForm);
  const options = args.filter((argument) => !isRunForm(argument));
  for (const given of options) checkOptions<RunOptions>('run', given as RunOptions, runShape);
  return { forms, options: Object.assign({}, ...options) };
}

function exec(instruction: string, argv: readonly string[]): Command {
  return freeze({ form: 'exec', argv: freezeList(check(`The array of ${instruction}`, argv, 'texts')) });
}

function isRunForm(argument: unknown): argument is RunForm {
  if (typeof argument === 'string' || Array.isArray(argument)) return true;
  return typeof argument === 'object' && argument !== null && 'kind' in argument;
}

function isArgv(form: unknown): form is readonly string[] {
  return Array.isArray(form);
}

function isScript(form: unknown): form is Script {
  return typeof form === 'object' && form !== null && 'kind' in form && form.kind === 'Script';
}

function requireShell(instruction: string, form: unknown, shell: boolean): void {
  if (shell) return;
  const text = typeof form === 'string' ? ` "${form}"` : '';
  throw new StagecraftError(
    'no-shell',
    `${instruction}${text} needs a shell, and this base image has none.`,
    {
      hint: 'Pass an array (exec form), do the work in an earlier stage and copy the result, use a debug tag, or declare a shell with .shell([...]).',
    },
  );
}
