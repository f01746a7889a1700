import { createNode } from '../util/freeze.ts';
import type { Command } from './command.ts';
import type { NodeBase } from './node-base.ts';

/** `ENTRYPOINT <command>` */
export interface EntrypointNode extends NodeBase {
  readonly kind: 'Entrypoint';
  readonly command: Command;
}

export function createEntrypoint(init: Omit<EntrypointNode, 'kind'>): EntrypointNode {
  return createNode('Entrypoint', init);
}
