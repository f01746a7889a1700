import type { UserNode } from '../ast/user.ts';
import type { InstructionContext } from './evaluation-context.ts';

export function evaluateUser(node: UserNode, { state, expand }: InstructionContext): void {
  state.user = expand(node.user);
  state.image.user = state.user;
}
