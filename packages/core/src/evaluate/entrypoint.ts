import type { EntrypointNode } from '../ast/entrypoint.ts';
import { processOf } from './command.ts';
import type { InstructionContext } from './evaluation-context.ts';

/** An entrypoint makes an inherited CMD meaningless, so it is dropped; one of this stage stays. */
export function evaluateEntrypoint(node: EntrypointNode, { state }: InstructionContext): void {
  state.image.entrypoint = processOf(node.command, state);
  if (!state.hasOwnCmd) state.image.cmd = [];
}
