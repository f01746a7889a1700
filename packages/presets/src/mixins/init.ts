import { type ShellCapability, type Stage, stage } from '@stagecraft/core';
import { aptInstall } from '../service/apt-install.ts';

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
  const tini = aptInstall(stage('tini').from(builder), ['tini']);
  return (target) =>
    target
      .copyFrom(tini, '/usr/bin/tini-static', '/sbin/tini')
      .entrypoint(['/sbin/tini', '--', ...entrypoint]);
}
