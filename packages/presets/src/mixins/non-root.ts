import type { Stage } from '@stagecraft/core';

export interface NonRootOptions {
  /** Default: 65532, as distroless images have it. */
  readonly uid?: number;
  /** Default: `uid`. */
  readonly gid?: number;
  /** Default: `'app'`. */
  readonly name?: string;
  /** How the image makes users. Default: `'debian'`, which also fits Ubuntu and Fedora. */
  readonly distribution?: 'debian' | 'alpine';
}

/**
 * Makes a user without password, home and shell, and runs as it, by number.
 * @example
 * final().from('debian:13-slim').with(nonRoot())
 */
export function nonRoot({
  uid = 65_532,
  gid = uid,
  name = 'app',
  distribution = 'debian',
}: NonRootOptions = {}): (stage: Stage<'shell'>) => Stage<'shell'> {
  const commands =
    distribution === 'alpine'
      ? [`addgroup -g ${gid} -S ${name}`, `adduser -u ${uid} -S -D -H -G ${name} ${name}`]
      : [
          `groupadd --gid ${gid} ${name}`,
          `useradd --uid ${uid} --gid ${gid} --no-log-init --no-create-home --shell /usr/sbin/nologin ${name}`,
        ];
  return (stage) => stage.run(...commands).user(`${uid}:${gid}`);
}
