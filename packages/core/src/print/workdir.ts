import type { WorkdirNode } from '../ast/workdir.ts';
import { printLineWord } from './line-word.ts';
import type { PrintContext } from './print-context.ts';

export function printWorkdir(node: WorkdirNode, context: PrintContext): string {
  return printLineWord('WORKDIR', node.path, context);
}
