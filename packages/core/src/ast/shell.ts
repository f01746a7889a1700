import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';

/** `SHELL ["executable", "parameter"]` */
export interface ShellNode extends NodeBase {
  readonly kind: 'Shell';
  readonly argv: readonly string[];
}

export function createShell(init: Omit<ShellNode, 'kind'>): ShellNode {
  return createNode('Shell', init);
}
