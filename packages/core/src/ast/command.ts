import type { Heredoc } from './node-base.ts';
import type { Expansion } from './word.ts';

/** Shell text: never expanded by the builder, only by the shell. An {@link Expansion} names variables so that ARGs are declared. */
export type ShellText = string | Expansion;

/**
 * What RUN, CMD, ENTRYPOINT and HEALTHCHECK CMD execute.
 * @see https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
 */
export type Command = ShellCommand | ExecCommand | ScriptCommand;

/** Shell form. Several commands are joined with `&&`, one a line. */
export interface ShellCommand {
  readonly form: 'shell';
  readonly commands: readonly ShellText[];
  /** Here-documents the shell text itself opens, such as `cat <<EOF > /file`. RUN only. */
  readonly heredocs?: readonly Heredoc[];
}

/** Exec form: a JSON array, no shell involved, nothing expanded. */
export interface ExecCommand {
  readonly form: 'exec';
  readonly argv: readonly string[];
}

/** A multi-line script: `RUN <<"EOF"`. Printed as an exec-form shell call where the profile has no heredocs. RUN only. */
export interface ScriptCommand {
  readonly form: 'script';
  /** The lines of the script, ending in a newline. */
  readonly body: ShellText;
  /** The delimiter as written; chosen by the printer when absent. */
  readonly delimiter?: string;
}
