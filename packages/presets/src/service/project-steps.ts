import { context, type Mount, mount, type Profile, type Stage } from '@stagecraft/core';
import { hasMounts } from '../profile/mounts.ts';

/** A directory that a tool fills and that survives between builds. */
export interface ToolCache {
  readonly id: string;
  readonly target: string;
  /** `locked` where two builds at once would break it. */
  readonly sharing?: 'locked';
}

/** Commands that read some files of the project. */
export interface ProjectStep {
  /** Files and directories of the context, relative to the working directory; `.` for all of it. */
  readonly reads: readonly string[];
  readonly caches?: readonly ToolCache[];
  readonly mounts?: readonly Mount[];
}

/**
 * Runs commands that read files of the project: as bind mounts, which leave no layer, or copied where RUN has no mounts.
 */
export function runWith(
  stage: Stage<'shell'>,
  profile: Profile,
  { reads, caches = [], mounts = [] }: ProjectStep,
  ...commands: readonly string[]
): Stage<'shell'> {
  if (!hasMounts(profile)) return copyProject(stage, reads).run(...commands);
  const binds = reads.map((path) =>
    path === '.'
      ? mount.bind(context(), { target: '.' })
      : mount.bind(context(), { source: path, target: path }),
  );
  const kept = caches.map(({ id, target, sharing }) =>
    mount.cache(target, { id, ...(sharing === undefined ? {} : { sharing }) }),
  );
  return stage.run(...commands, { mounts: [...kept, ...binds, ...mounts] });
}

/** Copies files into the working directory, each to its own place. */
export function copyProject(stage: Stage<'shell'>, paths: readonly string[]): Stage<'shell'> {
  if (paths.includes('.')) return stage.copy('.', '.');
  const flat = paths.filter((path) => !path.includes('/'));
  const nested = paths.filter((path) => path.includes('/'));
  const copied = flat.length === 0 ? stage : stage.copy(flat, './');
  return nested.reduce((result, path) => result.copy(path, `./${path}`), copied);
}

/** Gives files one time stamp, so that two builds make the same layer: the build argument, or 1970. */
export function touch(path: string): string {
  return `find ${path} -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +`;
}

/** Declares what {@link touch} reads. */
export function withEpoch(stage: Stage<'shell'>): Stage<'shell'> {
  return stage.arg('SOURCE_DATE_EPOCH', '0');
}

/** Copies into the final stage stand on their own where the engine can do that: a new base leaves them as they are. */
export function linked(profile: Profile): { readonly link?: true } {
  return profile === 'modern' ? { link: true } : {};
}
