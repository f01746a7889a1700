import { context, type Mount, mount, type Profile, type ShellCapability, type Stage } from '@stagecraft/core';
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
  /** The commands may change what they read; the changes are gone after the step. */
  readonly changes?: true;
}

/**
 * Runs commands that read files of the project: as bind mounts, which leave no layer, or copied where RUN has no mounts.
 */
export function runWith(
  stage: Stage<'shell'>,
  profile: Profile,
  { reads, caches = [], mounts = [], changes }: ProjectStep,
  ...commands: readonly string[]
): Stage<'shell'> {
  if (!hasMounts(profile)) return copyManifests(stage, reads).run(...commands);
  const access = changes === true ? { readOnly: false } : {};
  const binds = reads.map((path) =>
    path === '.'
      ? mount.bind(context(), { target: '.', ...access })
      : mount.bind(context(), { source: path, target: path, ...access }),
  );
  const kept = caches.map(({ id, target, sharing }) =>
    mount.cache(target, { id, ...(sharing === undefined ? {} : { sharing }) }),
  );
  return stage.run(...commands, { mounts: [...kept, ...binds, ...mounts] });
}

/** Copies files and directories into the working directory, each to its own place. */
export function copyProject(stage: Stage<'shell'>, paths: readonly string[]): Stage<'shell'> {
  if (paths.includes('.')) return stage.copy('.', '.');
  return paths.reduce((result, path) => result.copy(path, `./${path}`), stage);
}

/** Copies manifests; those that are surely files of the root, in one instruction. */
function copyManifests(stage: Stage<'shell'>, paths: readonly string[]): Stage<'shell'> {
  const isFile = (path: string): boolean => /^[^./][^/]*\.[a-z]+$/u.test(path);
  const files = paths.filter(isFile);
  const copied = files.length < 2 ? stage : stage.copy(files, './');
  return copyProject(copied, files.length < 2 ? paths : paths.filter((path) => !isFile(path)));
}

/**
 * Where a stage lays out what goes into the final image, as it will stand there.
 *
 * Only what is copied onto the root keeps the time stamps of its directories, on every builder; anything else gets the time
 * of the build, and with it another digest each time.
 */
export const tree = '/out';

/** Copies what a stage has laid out below {@link tree}. */
export function copyTree<C extends ShellCapability>(
  image: Stage<C>,
  from: Stage,
  profile: Profile,
  directory: string = tree,
): Stage<C> {
  return image.copyFrom(from, `${directory}/`, '/', linked(profile));
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
