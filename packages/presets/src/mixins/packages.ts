import { mount, type Profile, type Stage, StagecraftError } from '@stagecraft/core';
import { hasMounts } from '../profile/mounts.ts';

export interface PackageOptions {
  /** Default: `'buildkit'`. */
  readonly profile?: Profile;
}

type Mixin = (stage: Stage<'shell'>) => Stage<'shell'>;

/**
 * Installs Debian packages; lists and downloads stay in a cache, or are removed where RUN has no mounts.
 * @see https://docs.docker.com/build/building/best-practices/#apt-get
 */
export function apt(packages: readonly string[], { profile = 'buildkit' }: PackageOptions = {}): Mixin {
  const install = `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${list(packages)}`;
  if (!hasMounts(profile)) {
    return (stage) =>
      stage.run(
        'apt-get update',
        install,
        'rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log',
      );
  }
  const mounts = ['/var/cache/apt', '/var/lib/apt'].map((path) => mount.cache(path, { sharing: 'locked' }));
  return (stage) =>
    stage.run('rm -f /etc/apt/apt.conf.d/docker-clean', 'apt-get update', install, { mounts });
}

/** Installs Alpine packages and leaves no index behind. */
export function apk(packages: readonly string[]): Mixin {
  return (stage) => stage.run(`apk add --no-cache ${list(packages)}`);
}

/** Installs Fedora or Red Hat packages, without weak dependencies and documentation. */
export function dnf(packages: readonly string[]): Mixin {
  return (stage) =>
    stage.run(`dnf install -y --nodocs --setopt=install_weak_deps=0 ${list(packages)}`, 'dnf clean all');
}

function list(packages: readonly string[]): string {
  return requirePackages(packages).join(' ');
}

/** The packages in order. Throws `invalid-value` for a name that is no package's: the shell would read it. */
export function requirePackages(packages: readonly string[]): readonly string[] {
  const bad = packages.find((name) => !/^[a-z0-9][\w.+:=~-]*$/iu.test(name));
  if (bad === undefined) return [...packages].sort();
  throw new StagecraftError('invalid-value', `"${bad}" is no name of a package.`, {
    hint: 'Write a name such as "curl", or with a version "curl=8.14.1-2".',
  });
}
