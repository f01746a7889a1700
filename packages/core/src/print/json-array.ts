import type { Word } from '../ast/word.ts';
import type { WordPosition } from './positions.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

/** `["a", "b"]`: exec form. Nothing in it is expanded. */
export function printArgv(argv: readonly string[], context: PrintContext, what: string): string {
  for (const text of argv) {
    if (!/[\uD800-\uDFFF]/u.test(text)) continue;
    refuse(
      context,
      `The ${what} ${quoteValue(text)} holds half of a surrogate pair, which UTF-8 cannot express.`,
      'Pass well-formed Unicode text.',
    );
  }
  return jsonArray(argv);
}

/** `["a", "b"]` for COPY and ADD: each element is read as a word after decoding. */
export function printElements(words: readonly Word[], context: PrintContext, what: string): string {
  return jsonArray(words.map((word) => besideHeredoc(printWord(word, 'element', context, what))));
}

/** `["/a b"]` for VOLUME, which cuts white space off the ends of each element: quotes in the element protect it. */
export function printVolumes(words: readonly Word[], context: PrintContext): string {
  return jsonArray(words.map((word) => printWord(word, volumePosition(word), context, 'VOLUME path')));
}

function volumePosition(word: Word): WordPosition {
  return typeof word === 'string' && !/^[\s\u0085]|[\s\u0085]$/u.test(word) ? 'element' : 'volume';
}

/** BuildKit takes `<<NAME` for a here-document even in JSON; the path is the same with `./` in front. */
function besideHeredoc(path: string): string {
  return /^\d*<</u.test(path) ? `./${path}` : path;
}

function jsonArray(texts: readonly string[]): string {
  return `[${texts.map(jsonString).join(', ')}]`;
}

/** Most strings need no escapes, and seeing that is quicker than asking JSON. */
function jsonString(text: string): string {
  return /^[ !#-[\]-~]*$/u.test(text) ? `"${text}"` : JSON.stringify(text);
}
