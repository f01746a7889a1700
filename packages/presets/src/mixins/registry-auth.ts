import { type Mount, mount } from '@stagecraft/core';

/** Where each tool looks for credentials. */
const places = {
  npm: { id: 'npmrc', target: '/root/.npmrc' },
  pip: { id: 'pip', target: '/root/.config/pip/pip.conf' },
  maven: { id: 'maven-settings', target: '/root/.m2/settings.xml' },
  nuget: { id: 'nugetconfig', target: '/root/.nuget/NuGet/NuGet.Config' },
  cargo: { id: 'cargo-credentials', target: '/usr/local/cargo/credentials.toml' },
  composer: { id: 'composer-auth', target: '/root/.composer/auth.json' },
  netrc: { id: 'netrc', target: '/root/.netrc' },
} as const;

/**
 * The credentials of a package registry as a secret, for the mounts of a RUN; they never reach a layer.
 * @example
 * .run('npm ci', { mounts: [registryAuth('npm')] })
 * // RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true npm ci
 */
export function registryAuth(tool: keyof typeof places, id?: string): Mount {
  const place = places[tool];
  return mount.secret(id ?? place.id, { target: place.target });
}
