import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Origin } from './origin.ts';
import type { Word } from './word.ts';

/** `FROM [--platform=…] <origin> [AS <name>]` */
export interface FromNode extends NodeBase {
  readonly kind: 'From';
  readonly base: Origin;
  readonly platform?: Word;
  /** The stage's name; absent for an unnamed stage. Kept as written: BuildKit compares in lower case. */
  readonly name?: string;
}

export function createFrom(init: Omit<FromNode, 'kind'>): FromNode {
  return createNode('From', init);
}
