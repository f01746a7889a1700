import type { EscapeToken } from '../ast/word.ts';
import { isSpace } from '../util/unicode.ts';

/** White space between a keyword and its arguments, and between the words of a list. */
export const blanks: RegExp = /[\t\v\f\r ]+/u;

/** Go's `strings.TrimLeft` with `unicode.IsSpace`: unlike `trimStart` it keeps a byte order mark. */
export function trimLeft(text: string): string {
  let start = 0;
  while (start < text.length && isSpaceAt(text, start)) start += 1;
  return start === 0 ? text : text.slice(start);
}

/** Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpaceAt(text, end - 1)) end -= 1;
  return trimLeft(end === text.length ? text : text.slice(0, end));
}

/** Most characters are printable ASCII, which is quicker to see than to match. */
function isSpaceAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code > 0x20 && code < 0x80) return false;
  return isSpace(text[index] ?? '');
}

/** A line without its line end; carriage returns before it go too. */
export function trimLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') end -= 1;
  return end === line.length ? line : line.slice(0, end);
}

/** The line without its continuation token, or undefined when the line ends the instruction. */
export function withoutContinuation(line: string, token: EscapeToken): string | undefined {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  if (end === 0 || line[end - 1] !== token || (end > 1 && line[end - 2] === token)) return undefined;
  return line.slice(0, end - 1);
}
