import type { EscapeToken } from '../ast/word.ts';
import { isSpace } from '../util/unicode.ts';
import { syntaxError } from './syntax-error.ts';
import { blanks } from './text-lines.ts';

/** Words separated by white space outside quotes; quotes and escapes stay in the word. */
export function splitQuotedWords(rest: string, token: EscapeToken): readonly string[] {
  const words: string[] = [];
  // Where the current word begins; -1 between words.
  let begin = -1;
  let end = rest.length;
  let quote = '';
  for (let index = 0; index < rest.length; index += 1) {
    const character = rest[index] ?? '';
    if (quote === '' && isSpace(character)) {
      if (begin >= 0) words.push(rest.slice(begin, index));
      begin = -1;
      continue;
    }
    if (begin < 0) begin = index;
    if (character === token && quote !== "'") {
      index += 1;
      // An escape token at the very end is dropped.
      if (index === rest.length) end -= 1;
    } else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
  }
  if (begin >= 0 && begin < end) words.push(rest.slice(begin, end));
  return words;
}

/** `key=value` pairs, or the deprecated `key rest of the line`. */
export interface Pairs {
  readonly pairs: readonly (readonly [key: string, value: string])[];
  readonly legacy: boolean;
}

/** The pairs of ENV and LABEL, still quoted. */
export function splitPairs(rest: string, token: EscapeToken, keyword: string): Pairs {
  const words = splitQuotedWords(rest, token);
  const [first] = words;
  if (first === undefined) return { pairs: [], legacy: false };
  if (!first.includes('=')) {
    const [, key = '', value] = new RegExp(`^(.*?)${blanks.source}(.*)$`, 'su').exec(rest) ?? [];
    if (value === undefined) syntaxError(`${keyword} "${rest}" has no value.`, `Write ${keyword} key=value.`);
    return { pairs: [[key, value]], legacy: true };
  }
  const pairs = words.map((word) => {
    const equals = word.indexOf('=');
    if (equals < 0)
      syntaxError(
        `There is no "=" in "${word}".`,
        `Write ${keyword} key=value; quote values that hold spaces.`,
      );
    return [word.slice(0, equals), word.slice(equals + 1)] as const;
  });
  return { pairs, legacy: false };
}

/** Words separated by blanks; quotes mean nothing. */
export function splitList(rest: string): readonly string[] {
  return rest === '' ? [] : rest.split(blanks);
}
