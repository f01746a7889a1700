import type { Word } from '../ast/word.ts';
import { type PrintContext, refuse } from './print-context.ts';
import { printWord } from './words.ts';

/** An instruction whose only argument is the rest of the line. */
export function printLineWord(
  keyword: 'USER' | 'WORKDIR' | 'STOPSIGNAL',
  word: Word,
  context: PrintContext,
): string {
  if (word === '') return refuse(context, `${keyword} has no value.`, 'Leave it out, or give it a value.');
  return `${keyword} ${printWord(word, 'line', context, `${keyword} value`)}`;
}
