import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';

/** Text printed as it is: the escape hatch for an instruction the library does not know. */
export interface RawNode extends NodeBase {
  readonly kind: 'Raw';
  readonly text: string;
}

export function createRaw(init: Omit<RawNode, 'kind'>): RawNode {
  return createNode('Raw', init);
}
