import { createNode } from '../util/freeze.ts';
import type { KeyValue } from './env.ts';
import type { NodeBase } from './node-base.ts';

/** `LABEL <key>=<value>…` */
export interface LabelNode extends NodeBase {
  readonly kind: 'Label';
  readonly pairs: readonly KeyValue[];
  /** The deprecated `LABEL key value` form. Only on parsed nodes; printed in the current form. */
  readonly legacy?: boolean;
}

export function createLabel(init: Omit<LabelNode, 'kind'>): LabelNode {
  return createNode('Label', init);
}
