import type { EnvNode } from '../ast/env.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { setImageVariable, setVariable } from './stage-state.ts';

/** All pairs see the environment before the instruction. */
export function evaluateEnv(node: EnvNode, { state, expand }: InstructionContext): void {
  const pairs = node.pairs.map(([name, value]) => [expand(name), expand(value)] as const);
  for (const [name, value] of pairs) {
    setVariable(state, name, value);
    setImageVariable(state.image, name, value);
  }
}
