import { createNode } from '../util/freeze.ts';
import type { Command } from './command.ts';
import type { NodeBase } from './node-base.ts';

/** `HEALTHCHECK NONE` or `HEALTHCHECK [options] CMD <command>` */
export interface HealthCheckNode extends NodeBase {
  readonly kind: 'HealthCheck';
  /** Absent means NONE: the base image's check is switched off. */
  readonly command?: Command;
  /** Go durations, such as `30s` or `1m30s`. */
  readonly interval?: string;
  readonly timeout?: string;
  readonly startPeriod?: string;
  readonly startInterval?: string;
  readonly retries?: number;
}

export function createHealthCheck(init: Omit<HealthCheckNode, 'kind'>): HealthCheckNode {
  return createNode('HealthCheck', init);
}
