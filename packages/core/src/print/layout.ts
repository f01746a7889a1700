import type { PrintContext } from './print-context.ts';

/** Parts of one instruction on one line. Empty parts, such as flags that aren't there, are left out. */
export function spaced(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** Parts one a line, each but the first indented to stand below the first. */
export function stacked(keyword: string, parts: readonly string[], context: PrintContext): string {
  if (context.lineWidth === Number.POSITIVE_INFINITY) return `${keyword} ${parts.join(' ')}`;
  const indent = ' '.repeat(keyword.length + 1);
  return `${keyword} ${parts.join(` ${context.escape}\n${indent}`)}`;
}

/** On one line where that is short enough, else one part a line. */
export function fitted(keyword: string, parts: readonly string[], context: PrintContext): string {
  const line = `${keyword} ${parts.join(' ')}`;
  return line.length <= context.lineWidth || parts.length < 2 ? line : stacked(keyword, parts, context);
}
