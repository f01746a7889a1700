import type { ShellNode } from '../ast/shell.ts';
import type { InstructionContext } from './evaluation-context.ts';

export function evaluateShell(node: ShellNode, { state }: InstructionContext): void {
  state.image.shell = node.argv;
}
