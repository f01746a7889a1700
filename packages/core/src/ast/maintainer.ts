import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';

/** `MAINTAINER <name>`, deprecated: kept for files that are read. */
export interface MaintainerNode extends NodeBase {
  readonly kind: 'Maintainer';
  readonly name: string;
}

export function createMaintainer(init: Omit<MaintainerNode, 'kind'>): MaintainerNode {
  return createNode('Maintainer', init);
}
