import { createRuntime } from '../runtime/create-runtime.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { DotnetSettings, DotnetSystem } from './options.ts';

interface System {
  /** How its tags end: of images to run on, and of the SDK. */
  readonly tag: string;
  readonly sdk: string;
  readonly family: Runtime['family'];
  readonly shell: Runtime['shell'];
  readonly libc: Runtime['libc'];
  readonly distribution: string;
  readonly packageManager?: 'apt' | 'apk';
}

const systems: Readonly<Record<DotnetSystem, System>> = {
  'noble-chiseled': {
    tag: 'noble-chiseled',
    sdk: 'noble',
    family: 'chiseled',
    shell: 'no-shell',
    libc: 'glibc',
    distribution: 'noble',
  },
  'azurelinux-distroless': {
    tag: 'azurelinux3.0-distroless',
    sdk: 'azurelinux3.0',
    family: 'custom',
    shell: 'no-shell',
    libc: 'glibc',
    distribution: 'azurelinux',
  },
  noble: {
    tag: 'noble',
    sdk: 'noble',
    family: 'ubuntu',
    shell: 'shell',
    libc: 'glibc',
    distribution: 'noble',
    packageManager: 'apt',
  },
  alpine: {
    tag: 'alpine',
    sdk: 'alpine',
    family: 'alpine',
    shell: 'shell',
    libc: 'musl',
    distribution: 'alpine',
    packageManager: 'apk',
  },
};

/** How the tag of the SDK ends: what it compiles fits the C library of its own system. */
export function sdkTag({ os, publish }: DotnetSettings): string {
  return `${systems[os].sdk}${publish === 'aot' ? '-aot' : ''}`;
}

/** All of them have the user `app`, 1654; chiseled ones are known to run as that user. */
export function dotnetRuntime(settings: DotnetSettings): Runtime {
  const { version, publish, os, globalization, composite } = settings;
  const { tag, sdk: _, ...system } = systems[os];
  const repository = publish === 'framework' ? 'aspnet' : 'runtime-deps';
  const suffix = `${composite ? '-composite' : ''}${globalization && os !== 'noble' ? '-extra' : ''}`;
  return createRuntime({
    ...system,
    image: `mcr.microsoft.com/dotnet/${repository}:${version}-${tag}${suffix}`,
    uid: 1654,
    setsUser: system.family !== 'chiseled',
  });
}
