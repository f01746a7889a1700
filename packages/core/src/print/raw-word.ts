import type { EscapeToken, RawWord } from '../ast/word.ts';
import { isSpace } from '../util/unicode.ts';
import type { WordPosition } from './positions.ts';

/** Whether a word that a Dockerfile wrote reads the same in this place. */
export function standsAsWritten(word: RawWord, position: WordPosition, token: EscapeToken): boolean {
  return word.escape === token && readsTheSame[position](word.text, token);
}

const readsTheSame: Readonly<Record<WordPosition, (text: string, token: EscapeToken) => boolean>> = {
  pair: (text, token) => !isUnfit(text) && text !== '' && isOnePairWord(text, token),
  line: (text, token) =>
    !isUnfit(text) &&
    text !== '' &&
    !text.startsWith('--') &&
    !isSpace(text.charAt(0)) &&
    !isSpace(text.charAt(text.length - 1)) &&
    !endsInContinuation(text, token),
  list: (text, token) =>
    !isUnfit(text) && /^(?!--|[[#])[^\t\v\f\r ]+$/u.test(text) && !endsInContinuation(text, token),
  element: (text) => !/[\0\uD800-\uDFFF]/u.test(text),
  volume: (text) =>
    !/[\0\uD800-\uDFFF]/u.test(text) && !isSpace(text.charAt(0)) && !isSpace(text.charAt(text.length - 1)),
  body: (text, token) => token === '\\' && !/[\0\uD800-\uDFFF]/u.test(text),
  flag: (text) => /^\p{ASCII}+$/u.test(text) && !/[\0\n]/u.test(text),
};

function isUnfit(text: string): boolean {
  return /[\n\0\uD800-\uDFFF]/u.test(text);
}

/** Whether an escape token at the end would join the text with what follows it. */
function endsInContinuation(text: string, token: EscapeToken): boolean {
  let count = 0;
  while (text.charAt(text.length - 1 - count) === token) count += 1;
  return count % 2 === 1;
}

/** Whether ENV, LABEL and ARG read the text as a single word: every blank is quoted or escaped. */
function isOnePairWord(text: string, token: EscapeToken): boolean {
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === token && quote !== "'") {
      index += 1;
      if (index === text.length) return false;
    } else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (isSpace(character)) return false;
  }
  return quote === '' && !text.startsWith('#') && !text.startsWith('--');
}
