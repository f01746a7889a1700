import { type ShellCapability, type Stage, stage } from '@stagecraft/core';

export interface InitOptions {
  /** Command to start below it: the ENTRYPOINT the image would have. */
  readonly entrypoint: readonly string[];
  /** A Debian image to take it from. Default: `'debian:13-slim'`. */
  readonly builder?: string;
}

/**
 * Starts the program below tini, which passes on signals and buries orphans; for programs that do neither as process 1.
 *
 * Statically linked, so it runs on distroless and nothing at all. Go and Java programs do not need it.
 * @see https://github.com/krallin/tini
 */
export function init({
  entrypoint,
  builder = 'debian:13-slim',
}: InitOptions): <C extends ShellCapability>(target: Stage<C>) => Stage<C> {
  const tini = stage('tini')
    .from(builder)
    .run(
      'apt-get update',
      'apt-get install -y --no-install-recommends tini',
      'rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin',
    );
  return (target) =>
    target
      .copyFrom(tini, '/usr/bin/tini-static', '/sbin/tini')
      .entrypoint(['/sbin/tini', '--', ...entrypoint]);
}
