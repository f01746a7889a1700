import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Word } from './word.ts';

/** `STOPSIGNAL <signal>` */
export interface StopSignalNode extends NodeBase {
  readonly kind: 'StopSignal';
  readonly signal: Word;
}

export function createStopSignal(init: Omit<StopSignalNode, 'kind'>): StopSignalNode {
  return createNode('StopSignal', init);
}
