import type { RawNode } from '../ast/raw.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { isContinued } from './shell-text.ts';
import { isTooLong } from './wrap-line.ts';

/** As it is: only what would change the instructions around it is refused. */
export function printRaw(node: RawNode, context: PrintContext): string {
  const text = node.text.replace(/\n+$/u, '');
  const isFit = text.trim() !== '' && !/[\0\uD800-\uDFFF]/u.test(text) && !text.split('\n').some(isTooLong);
  if (isFit && !isContinued(text.trimEnd(), context.escape)) return text;
  return refuse(
    context,
    `A raw instruction cannot be ${quoteValue(node.text)}.`,
    'Write one whole instruction, without a continuation at its end and with lines below 65,535 bytes.',
  );
}
