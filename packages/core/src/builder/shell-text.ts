import { check } from '../ast/check.ts';
import type { ShellText } from '../ast/command.ts';
import { createExpansion, type VariableReference } from '../ast/word.ts';
import { freeze } from '../util/freeze.ts';
import { withCallSite } from './call-site-errors.ts';
import { type Interpolation, interleave, partsOf } from './variables.ts';

/** A multi-line script for `.run()`, made by {@link script}. */
export interface Script {
  readonly kind: 'Script';
  readonly body: ShellText;
}

/** What `sh` and `script` take between `${` and `}`: a list becomes one quoted word an item. */
export type ShellInterpolation = Interpolation | readonly (string | number)[];

/**
 * Shell text in which interpolated values are quoted, so that they can't be read as anything else.
 * Backslashes outside `${…}` are kept. Build arguments become `"${NAME}"`.
 *
 * @example
 * run(sh`install -m 755 ${"my app"} /usr/local/bin/`)
 * // RUN install -m 755 'my app' /usr/local/bin/
 */
export function sh(texts: TemplateStringsArray, ...values: readonly ShellInterpolation[]): ShellText {
  return withCallSite(() => createExpansion(interleave(texts.raw.map(unescapeTemplate), values, quoted)));
}

/**
 * A script of several lines, indentation removed, that stops at the first failing command (`set -e`).
 * Values are quoted as by {@link sh}. A script that starts with `#!` runs with that interpreter as it is.
 *
 * @example
 * run(script`
 *   apt-get update
 *   apt-get install -y curl
 * `)
 * // RUN <<"EOF"
 * // set -e
 * // apt-get update
 * // apt-get install -y curl
 * // EOF
 */
export function script(texts: TemplateStringsArray, ...values: readonly ShellInterpolation[]): Script {
  const lines = dedent(texts.raw.map(unescapeTemplate));
  const parts = withCallSite(() => interleave(lines, values, quoted));
  const first = parts[0];
  const hasInterpreter = typeof first === 'string' && first.startsWith('#!');
  return freeze({
    kind: 'Script',
    body: createExpansion([hasInterpreter ? '' : 'set -e\n', ...parts, '\n']),
  });
}

/** One shell word for `value`, whatever it holds. */
function quoteShellWord(value: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/u.test(value)) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

function quoted(value: ShellInterpolation): readonly (string | VariableReference)[] {
  if (isList(value)) {
    const words = value.map((item) => check('A value in a template', item, 'scalar'));
    return [words.map((item) => quoteShellWord(String(item))).join(' ')];
  }
  return partsOf(value).flatMap((part) =>
    typeof part === 'string' ? [quoteShellWord(part)] : ['"', part, '"'],
  );
}

function isList(value: ShellInterpolation): value is readonly (string | number)[] {
  return Array.isArray(value);
}

/** Template literals need `\`` and `\${` to say a backtick and a dollar brace; every other backslash is the shell's. */
function unescapeTemplate(raw: string): string {
  return raw.replace(/\\(`|\$\{)/gu, '$1');
}

/** Removes the blank first and last line and the indentation that all lines share. */
function dedent(texts: readonly string[]): readonly string[] {
  const trimmed = texts.map((text, index) => {
    const start = index === 0 ? text.replace(/^[ \t]*\n/u, '') : text;
    return index === texts.length - 1 ? start.replace(/\n?[ \t]*$/u, '') : start;
  });
  const source = trimmed.join('\0');
  const indents = source
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [/^[ \t]*/u.exec(line)?.[0].length ?? 0]));
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return source
    .split('\n')
    .map((line) => line.slice(Math.min(indent, /^[ \t]*/u.exec(line)?.[0].length ?? 0)))
    .join('\n')
    .split('\0');
}
