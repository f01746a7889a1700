import type { EscapeToken } from '../ast/word.ts';
import { type PrintContext, refuse } from './print-context.ts';

/** BuildKit refuses lines over 65,535 bytes. Staying well below leaves room for an ONBUILD before them. */
const bytesLimit = 65_000;
const encoder = new TextEncoder();

export function isTooLong(line: string): boolean {
  if (line.length * 3 <= bytesLimit) return false;
  return line.length > bytesLimit || encoder.encode(line).length > bytesLimit;
}

/** Breaks lines that are too long for BuildKit at places where joining them again changes nothing. */
export function wrapLines(text: string, context: PrintContext): string {
  if (text.length * 3 <= bytesLimit) return text;
  return text
    .split('\n')
    .map((line) => (isTooLong(line) ? wrapLine(line, context) : line))
    .join('\n');
}

function wrapLine(line: string, context: PrintContext): string {
  const lines: string[] = [];
  let rest = line;
  while (isTooLong(rest)) {
    const end = splitPoint(rest, context.escape);
    if (end === 0) {
      return refuse(
        context,
        'A line of this instruction is longer than 65,535 bytes and cannot be broken.',
        'Shorten the value, or put it in a file and copy that.',
      );
    }
    lines.push(rest.slice(0, end) + context.escape);
    rest = rest.slice(end);
  }
  return [...lines, rest].join('\n');
}

/**
 * The last place below the limit where a continuation is exact: not after an escape token, which would escape the one
 * added here, and not before white space or `#`, which a line can't begin with. 0 when there is none.
 */
function splitPoint(line: string, token: EscapeToken): number {
  for (let index = Math.min(line.length - 1, Math.floor(bytesLimit / 3)); index > 0; index -= 1) {
    if (line.charAt(index - 1) === token) continue;
    if (!/[\s#\u0085\uFEFF\uDC00-\uDFFF]/.test(line.charAt(index))) return index;
  }
  return 0;
}
