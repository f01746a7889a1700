import type { Profile, Stage } from '@stagecraft/core';
import { runWith, type ToolCache } from '../service/project-steps.ts';

export interface DepsFirstOptions {
  /** The files the installation reads: manifests and lockfiles, relative to the context. */
  readonly manifests: readonly string[];
  /** The commands that install. */
  readonly install: readonly string[];
  /** Directories that survive between builds. */
  readonly caches?: readonly ToolCache[];
  /** What is copied afterwards. Default: everything. */
  readonly sources?: readonly string[];
  /** Default: `'buildkit'`. */
  readonly profile?: Profile;
}

/**
 * Installs dependencies before the sources are copied, so that a changed source file installs nothing again.
 * @example
 * stage('build').from('ruby:3.4').workdir('/app').with(
 *   depsFirst({ manifests: ['Gemfile', 'Gemfile.lock'], install: ['bundle install'] }))
 */
export function depsFirst({
  manifests,
  install,
  caches = [],
  sources = ['.'],
  profile = 'buildkit',
}: DepsFirstOptions): (target: Stage<'shell'>) => Stage<'shell'> {
  return (target) => {
    const installed = runWith(target, profile, { reads: manifests, caches }, ...install);
    return sources.reduce((result, path) => result.copy(path, path === '.' ? '.' : `./${path}`), installed);
  };
}
