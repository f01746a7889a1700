import type { CmdNode } from '../ast/cmd.ts';
import { processOf } from './command.ts';
import type { InstructionContext } from './evaluation-context.ts';

export function evaluateCmd(node: CmdNode, { state }: InstructionContext): void {
  state.image.cmd = processOf(node.command, state);
  state.hasOwnCmd = true;
}
