import { createNode } from '../util/freeze.ts';
import type { InstructionNode } from './index.ts';
import type { NodeBase } from './node-base.ts';

/** `ONBUILD <instruction>` */
export interface OnBuildNode extends NodeBase {
  readonly kind: 'OnBuild';
  /** A trigger that BuildKit would only refuse when it fires is kept as a raw instruction. */
  readonly trigger: InstructionNode;
}

export function createOnBuild(init: Omit<OnBuildNode, 'kind'>): OnBuildNode {
  return createNode('OnBuild', init);
}
