import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Word } from './word.ts';

/** `VOLUME <path>…` */
export interface VolumeNode extends NodeBase {
  readonly kind: 'Volume';
  readonly paths: readonly Word[];
}

export function createVolume(init: Omit<VolumeNode, 'kind'>): VolumeNode {
  return createNode('Volume', init);
}
