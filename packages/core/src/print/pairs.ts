import type { KeyValue } from '../ast/env.ts';
import type { Word } from '../ast/word.ts';
import { stacked } from './layout.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

/** ENV and LABEL: one `key=value` a line. */
export function printPairs(
  keyword: 'ENV' | 'LABEL',
  pairs: readonly KeyValue[],
  context: PrintContext,
): string {
  if (pairs.length === 0) refuse(context, `${keyword} has no pairs.`, 'Name at least one key.');
  const texts = pairs.map(([key, value]) => {
    return `${printKey(keyword, key, context)}=${printWord(value, 'pair', context, `${keyword} value`)}`;
  });
  return stacked(keyword, texts, context);
}

/** BuildKit cuts the pair at the first `=`, whatever the quotes. */
function printKey(keyword: string, key: Word, context: PrintContext): string {
  const text = printWord(key, 'pair', context, `${keyword} key`);
  if (key !== '' && !text.includes('=')) return text;
  return refuse(
    context,
    `${keyword} cannot have the key ${quoteValue(typeof key === 'string' ? key : text)}.`,
    'Use a key that is not empty and has no "=" in it.',
  );
}
