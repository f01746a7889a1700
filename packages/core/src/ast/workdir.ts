import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Word } from './word.ts';

/** `WORKDIR <path>` */
export interface WorkdirNode extends NodeBase {
  readonly kind: 'Workdir';
  readonly path: Word;
}

export function createWorkdir(init: Omit<WorkdirNode, 'kind'>): WorkdirNode {
  return createNode('Workdir', init);
}
