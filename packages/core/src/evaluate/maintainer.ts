import type { MaintainerNode } from '../ast/maintainer.ts';
import type { InstructionContext } from './evaluation-context.ts';

export function evaluateMaintainer(node: MaintainerNode, { state }: InstructionContext): void {
  state.image.author = node.name;
}
