import type { CmdNode } from '../ast/cmd.ts';
import { printCommand } from './command.ts';
import type { PrintContext } from './print-context.ts';

export function printCmd(node: CmdNode, context: PrintContext): string {
  return `CMD ${printCommand(node.command, context, 'CMD')}`;
}
