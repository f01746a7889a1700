import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Word } from './word.ts';

/** One `key=value` of ENV or LABEL. */
export type KeyValue = readonly [key: Word, value: Word];

/** `ENV <key>=<value>…` */
export interface EnvNode extends NodeBase {
  readonly kind: 'Env';
  readonly pairs: readonly KeyValue[];
  /** The deprecated `ENV key value` form. Only on parsed nodes; printed in the current form. */
  readonly legacy?: boolean;
}

export function createEnv(init: Omit<EnvNode, 'kind'>): EnvNode {
  return createNode('Env', init);
}
