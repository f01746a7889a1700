import type { EntrypointNode } from '../ast/entrypoint.ts';
import { printCommand } from './command.ts';
import type { PrintContext } from './print-context.ts';

export function printEntrypoint(node: EntrypointNode, context: PrintContext): string {
  return `ENTRYPOINT ${printCommand(node.command, context, 'ENTRYPOINT')}`;
}
