import type { UserNode } from '../ast/user.ts';
import { printLineWord } from './line-word.ts';
import type { PrintContext } from './print-context.ts';

export function printUser(node: UserNode, context: PrintContext): string {
  return printLineWord('USER', node.user, context);
}
