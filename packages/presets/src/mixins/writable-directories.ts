import { type ShellCapability, type Stage, stage } from '@stagecraft/core';

export interface WritableDirectoriesOptions {
  /** Default: 65532. */
  readonly uid?: number;
  /** Default: `uid`. */
  readonly gid?: number;
  /** A small image with a shell. Default: `'busybox:1.37'`. */
  readonly builder?: string;
}

/** Directories that belong to the user the image runs as, made in another stage: the image needs no shell. */
export function writableDirectories(
  paths: readonly string[],
  { uid = 65_532, gid = uid, builder = 'busybox:1.37' }: WritableDirectoriesOptions = {},
): <C extends ShellCapability>(target: Stage<C>) => Stage<C> {
  const made = stage('directories')
    .from(builder)
    .run(`mkdir -p ${paths.map((path) => `/out${path}`).join(' ')}`);
  return (target) =>
    paths.reduce(
      (result, path) => result.copyFrom(made, `/out${path}`, path, { chown: `${uid}:${gid}` }),
      target,
    );
}
