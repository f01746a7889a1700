import type { LabelNode } from '../ast/label.ts';
import type { InstructionContext } from './evaluation-context.ts';

export function evaluateLabel(node: LabelNode, { state, expand }: InstructionContext): void {
  const pairs = node.pairs.map(([name, value]) => [expand(name), expand(value)] as const);
  for (const [name, value] of pairs) state.image.labels.set(name, value);
}
