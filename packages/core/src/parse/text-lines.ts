import type { EscapeToken } from '../ast/word.ts';

/** White space between a keyword and its arguments, and between the words of a list. */
export const blanks: RegExp = /[\t\v\f\r ]+/u;

const leadingSpace = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/u;
const trailingSpace = /[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+$/u;

/** Go's `strings.TrimLeft` with `unicode.IsSpace`: unlike `trimStart` it keeps a byte order mark. */
export function trimLeft(text: string): string {
  return text.replace(leadingSpace, '');
}

/** Go's `strings.TrimSpace`. The end is searched backwards, because the pattern alone would be quadratic. */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && trailingSpace.test(text[end - 1] ?? '')) end -= 1;
  return trimLeft(text.slice(0, end));
}

/** A line without its line end; carriage returns before it go too. */
export function trimLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') end -= 1;
  return line.slice(0, end);
}

/** The line without its continuation token, or undefined when the line ends the instruction. */
export function withoutContinuation(line: string, token: EscapeToken): string | undefined {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  if (end === 0 || line[end - 1] !== token || (end > 1 && line[end - 2] === token)) return undefined;
  return line.slice(0, end - 1);
}
