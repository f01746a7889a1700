import type { LabelNode } from '../ast/label.ts';
import { printPairs } from './pairs.ts';
import type { PrintContext } from './print-context.ts';

export function printLabel(node: LabelNode, context: PrintContext): string {
  return printPairs('LABEL', node.pairs, context);
}
