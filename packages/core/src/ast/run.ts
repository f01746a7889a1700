import { createNode } from '../util/freeze.ts';
import type { Command } from './command.ts';
import type { Mount, RawMount } from './mount.ts';
import type { NodeBase } from './node-base.ts';

/** `RUN --device=<name>[,required]` */
export interface Device {
  readonly name: string;
  readonly required?: boolean;
}

/** `RUN [--mount=…] [--network=…] [--security=…] [--device=…] <command>` */
export interface RunNode extends NodeBase {
  readonly kind: 'Run';
  readonly command: Command;
  readonly mounts?: readonly (Mount | RawMount)[];
  readonly network?: 'default' | 'none' | 'host';
  readonly security?: 'sandbox' | 'insecure';
  readonly devices?: readonly Device[];
}

export function createRun(init: Omit<RunNode, 'kind'>): RunNode {
  return createNode('Run', init);
}
