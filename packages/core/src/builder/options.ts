import type { Shape } from '../ast/check.ts';
import type { Mount } from '../ast/mount.ts';
import type { Device } from '../ast/run.ts';
import type { Expansion, Word } from '../ast/word.ts';
import type { Inline } from './inline.ts';

/** Options of one RUN. */
export interface RunOptions {
  readonly mounts?: readonly Mount[];
  readonly network?: 'default' | 'none' | 'host';
  /** `'insecure'` needs the entitlement `security.insecure`. */
  readonly security?: 'sandbox' | 'insecure';
  readonly devices?: readonly Device[];
}

/** What COPY and ADD share. */
export interface TransferOptions {
  /** `user`, `user:group` or numeric ids. */
  readonly chown?: Word | number;
  /** Octal, or symbolic such as `u=rwX,go=rX`. */
  readonly chmod?: Word;
  /** Copy independently of what the layers below hold. Symlinks at the destination are not followed. */
  readonly link?: boolean;
  /** Patterns of files that are left out. */
  readonly exclude?: string | readonly string[];
  /** Take `*`, `?` and `[` in the sources as part of a file name. Default: false, they are wildcards. */
  readonly literal?: boolean;
}

export interface CopyOptions extends TransferOptions {
  /** Keep the directories of the sources: `a/b.txt` to `/dest/` becomes `/dest/a/b.txt`. */
  readonly parents?: boolean;
}

export interface AddOptions extends TransferOptions {
  /** `sha256:…` of a downloaded file, or the commit of a git reference. */
  readonly checksum?: Word;
  readonly keepGitDir?: boolean;
  /** Unpack archives. Default: true for local ones, false for downloaded ones. */
  readonly unpack?: boolean;
}

/** One source of COPY or ADD: a path or pattern, one with variables, or a file written in place. */
export type TransferSource = string | Expansion | Inline;

/** Options of HEALTHCHECK: Go durations such as `30s`, `1m30s`. */
export interface HealthCheckOptions {
  /** Default: 30s. */
  readonly interval?: string;
  /** Default: 30s. */
  readonly timeout?: string;
  /** How long failures don't count after the start. Default: 0s. */
  readonly startPeriod?: string;
  /** Time between checks during the start period. Default: 5s. Needs Docker Engine 25. */
  readonly startInterval?: string;
  /** Failures in a row that make the container unhealthy. Default: 3. */
  readonly retries?: number;
}

export interface FromOptions {
  /** Such as `linux/arm64`, or a variable. Default: the platform that is built for. */
  readonly platform?: Word;
}

export const runShape: Shape<RunOptions> = {
  mounts: 'mounts',
  network: 'text',
  security: 'text',
  devices: 'devices',
};

const transferShape: Shape<TransferOptions> = {
  chown: 'id',
  chmod: 'word',
  link: 'flag',
  exclude: 'patterns',
  literal: 'flag',
};

export const copyShape: Shape<CopyOptions> = { ...transferShape, parents: 'flag' };

export const addShape: Shape<AddOptions> = {
  ...transferShape,
  checksum: 'word',
  keepGitDir: 'flag',
  unpack: 'flag',
};

export const healthCheckShape: Shape<HealthCheckOptions> = {
  interval: 'text',
  timeout: 'text',
  startPeriod: 'text',
  startInterval: 'text',
  retries: 'number',
};

export const fromShape: Shape<FromOptions> = { platform: 'word' };
