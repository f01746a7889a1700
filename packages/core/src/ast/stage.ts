import { createNode } from '../util/freeze.ts';
import type { FromNode } from './from.ts';
import type { InstructionNode } from './index.ts';

/** One build stage: its FROM and what follows. */
export interface StageNode {
  readonly kind: 'Stage';
  readonly from: FromNode;
  readonly instructions: readonly InstructionNode[];
}

export function createStage(init: Omit<StageNode, 'kind'>): StageNode {
  return createNode('Stage', init);
}
