import type { EnvNode } from '../ast/env.ts';
import { printPairs } from './pairs.ts';
import type { PrintContext } from './print-context.ts';

export function printEnv(node: EnvNode, context: PrintContext): string {
  return printPairs('ENV', node.pairs, context);
}
