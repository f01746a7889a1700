import type { ShellNode } from '../ast/shell.ts';
import { printArgv } from './json-array.ts';
import { type PrintContext, refuse } from './print-context.ts';

export function printShell(node: ShellNode, context: PrintContext): string {
  if (node.argv.length === 0)
    refuse(context, 'SHELL has an empty array.', 'Name the shell, such as ["/bin/sh", "-c"].');
  return `SHELL ${printArgv(node.argv, context, 'SHELL argument')}`;
}
