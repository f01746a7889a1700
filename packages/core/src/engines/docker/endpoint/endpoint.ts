import type { Duplex } from 'node:stream';

/** A place an engine listens at. Every call opens a connection of its own. */
export interface Endpoint {
  /** For messages, for example `unix:///var/run/docker.sock`. Never holds a password. */
  readonly describe: string;
  /** Whether it is on this machine, where one more connection costs nothing. */
  readonly local: boolean;
  /** Rejects with `engine-unreachable`, or `aborted` when `signal` fires first. */
  dial(signal?: AbortSignal): Promise<Duplex>;
}
