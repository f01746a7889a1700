import { type ShellCapability, type Stage, stage } from '@stagecraft/core';
import { requirePackages } from './packages.ts';

export interface InstallRootOptions {
  /** A Debian image of the release that the target has. Default: `'debian:13-slim'`. */
  readonly builder?: string;
}

/**
 * Puts the files of Debian packages into an image that has no package manager, such as distroless.
 *
 * The packages are unpacked with what they depend on, except for what every Debian-based runtime has; their scripts do not
 * run. Scanners find them by the entries in `/var/lib/dpkg/status.d`. Throws `invalid-value` for a name that is no package's.
 * @example
 * final().distroless('cc').with(installRoot(['libpq5']))
 */
export function installRoot(
  packages: readonly string[],
  { builder = 'debian:13-slim' }: InstallRootOptions = {},
): <C extends ShellCapability>(target: Stage<C>) => Stage<C> {
  const names = requirePackages(packages).join(' ');
  // What the C library brings is in every runtime image that can use the packages at all.
  const present = 'libc6 libgcc-s1 gcc-14-base libc-bin';
  const unpack = [
    'apt-get update',
    // As if nothing was installed: what the builder happens to have, the target may lack.
    `apt-get install -y --no-install-recommends --download-only -o Dir::State::status=/tmp/status -o Dir::Cache::archives=/tmp/archives ${names}`,
    'mkdir -p /root-files/var/lib/dpkg/status.d',
    `for file in /tmp/archives/*.deb; do name=$(dpkg-deb -f "$file" Package); case " ${present} " in *" $name "*) continue;; esac; dpkg-deb -x "$file" /root-files || exit 1; dpkg-deb -f "$file" > "/root-files/var/lib/dpkg/status.d/$name"; done`,
    'rm -rf /tmp/archives /tmp/status /var/lib/apt/lists/* /var/cache/apt/*.bin',
  ];
  const files = stage('packages')
    .from(builder)
    .run('mkdir -p /tmp/archives/partial', 'touch /tmp/status', ...unpack);
  return (target) => target.copyFrom(files, '/root-files/', '/');
}
