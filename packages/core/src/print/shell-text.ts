import type { EscapeToken } from '../ast/word.ts';
import { splitWords } from '../ast/word-split.ts';
import { isSpace } from '../util/unicode.ts';

/** Whether BuildKit reads this text back unchanged when it stands in the file as it is. */
export function isPlainText(text: string, token: EscapeToken): boolean {
  return isPlainLine(text, token) && !isJsonArray(text);
}

/** The same where a JSON array means nothing. */
export function isPlainLine(text: string, token: EscapeToken): boolean {
  return (
    text !== '' &&
    !/[\n\0\uD800-\uDFFF]/u.test(text) &&
    !isSpace(text.charAt(0)) &&
    !isSpace(text.charAt(text.length - 1)) &&
    !isContinued(text, token)
  );
}

/** One escape token at the end continues the line; two or more do not. */
export function isContinued(text: string, token: EscapeToken): boolean {
  return text.endsWith(token) && text.charAt(text.length - 2) !== token;
}

/** Such a text would be taken for exec form. */
function isJsonArray(text: string): boolean {
  if (!text.startsWith('[') || !text.endsWith(']')) return false;
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** Whether a RUN with this text might be read as opening a here-document. */
export function mayOpenHeredoc(text: string): boolean {
  if (!text.includes('<<')) return false;
  const words = splitWords(text, { quotes: 'keep', keepEscapes: true });
  return words === undefined || words.some((word) => /^\d*<<(?!<)/u.test(word));
}
