import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { ArgDeclaration } from './word.ts';

/** `ARG <name>[=<default>]…` */
export interface ArgNode extends NodeBase {
  readonly kind: 'Arg';
  readonly args: readonly ArgDeclaration[];
}

export function createArg(init: Omit<ArgNode, 'kind'>): ArgNode {
  return createNode('Arg', init);
}
