import { context, type Mount, mount, type Profile } from '@stagecraft/core';

/** Where a tool keeps what it downloads and compiles, for cache mounts. */
const caches = {
  goModules: { id: 'gomod', target: '/go/pkg/mod' },
  goBuild: { id: 'gobuild', target: '/root/.cache/go-build' },
} as const;

export type CacheName = keyof typeof caches;

/** Whether RUN has mounts: everywhere but on the classic builder. */
export function hasMounts(profile: Profile): boolean {
  return profile !== 'classic';
}

export function cacheMounts(...names: readonly CacheName[]): readonly Mount[] {
  return names.map((name) => mount.cache(caches[name].target, { id: caches[name].id }));
}

/** The files of the build context that a step reads, without a layer of their own. */
export function bindMounts(...paths: readonly string[]): readonly Mount[] {
  return paths.map((path) => mount.bind(context(), { source: path, target: path }));
}
