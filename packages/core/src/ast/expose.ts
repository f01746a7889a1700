import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Word } from './word.ts';

/** `EXPOSE <port>[-<port>][/<protocol>]…` */
export interface ExposeNode extends NodeBase {
  readonly kind: 'Expose';
  readonly ports: readonly Word[];
}

export function createExpose(init: Omit<ExposeNode, 'kind'>): ExposeNode {
  return createNode('Expose', init);
}
