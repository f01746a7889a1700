import { createNode } from '../util/freeze.ts';
import type { Command } from './command.ts';
import type { NodeBase } from './node-base.ts';

/** `CMD <command>` */
export interface CmdNode extends NodeBase {
  readonly kind: 'Cmd';
  readonly command: Command;
}

export function createCmd(init: Omit<CmdNode, 'kind'>): CmdNode {
  return createNode('Cmd', init);
}
