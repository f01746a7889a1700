import type { EscapeToken } from '../ast/word.ts';
import { isSpace } from '../util/unicode.ts';
import { trimLeft } from './text-lines.ts';

/** The words starting with `--` in front of the arguments, quotes removed, and what follows them. */
export interface SplitFlags {
  readonly flags: readonly string[];
  readonly rest: string;
}

/**
 * Cuts the flags off. BuildKit reads them byte by byte as Latin-1, so text beyond ASCII comes out garbled; so it does here.
 */
export function splitFlags(args: string, token: EscapeToken): SplitFlags {
  if (!trimLeft(args).startsWith('--')) return { flags: [], rest: args };
  const ascii = !/[^\p{ASCII}]/u.test(args);
  const bytes = ascii
    ? args
    : Array.from(new TextEncoder().encode(args), (byte) => String.fromCharCode(byte)).join('');
  const { flags, end } = readFlags(bytes, token);
  const rest = bytes.slice(end);
  return {
    flags,
    rest: ascii
      ? rest
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(
          Uint8Array.from(rest, (byte) => byte.charCodeAt(0)),
        ),
  };
}

function readFlags(
  line: string,
  token: EscapeToken,
): { readonly flags: readonly string[]; readonly end: number } {
  const flags: string[] = [];
  let position = 0;
  for (;;) {
    while (position < line.length && isSpace(line[position] ?? '')) position += 1;
    if (!line.startsWith('--', position)) return { flags, end: position };
    const word = readWord(line, position, token);
    position = word.end;
    if (word.text === '--') return { flags, end: position };
    flags.push(word.text);
  }
}

function readWord(
  line: string,
  start: number,
  token: EscapeToken,
): { readonly text: string; readonly end: number } {
  let text = '';
  let quote = '';
  let position = start;
  for (; position < line.length; position += 1) {
    let character = line[position] ?? '';
    if (quote === '' && isSpace(character)) break;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else {
      if (character === token) {
        position += 1;
        character = line[position] ?? '';
      }
      text += character;
    }
  }
  return { text, end: Math.min(position, line.length) };
}
