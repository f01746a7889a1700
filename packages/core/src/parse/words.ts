import type { EscapeToken } from '../ast/word.ts';
import { isSpace } from '../util/unicode.ts';
import { syntaxError } from './syntax-error.ts';
import { blanks } from './text-lines.ts';

/** Words separated by white space outside quotes; quotes and escapes stay in the word. */
export function splitQuotedWords(rest: string, token: EscapeToken): readonly string[] {
  const words: string[] = [];
  let word = '';
  let begun = false;
  let quote = '';
  const characters = [...rest];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (quote === '' && isSpace(character)) {
      if (begun) words.push(word);
      word = '';
      begun = false;
      continue;
    }
    begun = true;
    if (character === token && quote !== "'") {
      // An escape token at the very end is dropped.
      if (index + 1 === characters.length) continue;
      word += character;
      index += 1;
      word += characters[index] ?? '';
      continue;
    }
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    word += character;
  }
  if (begun && word !== '') words.push(word);
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
