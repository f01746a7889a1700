import type { CopyNode } from '../ast/copy.ts';
import { textFlag } from './flags.ts';
import { originText } from './origin.ts';
import type { PrintContext } from './print-context.ts';
import { printTransfer } from './transfer.ts';

export function printCopy(node: CopyNode, context: PrintContext): string {
  const { from, parents } = node;
  const flags: string[] = [];
  if (from !== undefined) flags.push(textFlag('from', originText(from, 'COPY --from', context), context));
  if (parents === true) flags.push('--parents');
  return printTransfer('COPY', node, flags, context);
}
