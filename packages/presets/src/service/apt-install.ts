import type { Stage } from '@stagecraft/core';

/** Installs Debian packages and leaves nothing of the installation behind: also not the caches that APT writes beside its lists. */
export function aptInstall(stage: Stage<'shell'>, packages: readonly string[]): Stage<'shell'> {
  if (packages.length === 0) return stage;
  return stage.run(
    'apt-get update',
    `apt-get install -y --no-install-recommends ${[...packages].sort().join(' ')}`,
    'rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin',
  );
}
