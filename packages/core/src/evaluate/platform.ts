import { fail } from './fail.ts';

/** What a base image is resolved for, such as linux/arm/v7. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Empty when there is none. */
  readonly variant: string;
  readonly osVersion: string;
}

const component = /^[A-Za-z0-9_.-]+$/u;
const osComponent = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.+,-]*)\))?$/u;
const systems: ReadonlySet<string> = new Set([
  'aix',
  'android',
  'darwin',
  'dragonfly',
  'freebsd',
  'hurd',
  'illumos',
  'ios',
  'js',
  'linux',
  'nacl',
  'netbsd',
  'openbsd',
  'plan9',
  'solaris',
  'windows',
  'zos',
]);
const architectures: ReadonlySet<string> = new Set([
  '386',
  'amd64',
  'amd64p32',
  'arm',
  'armbe',
  'arm64',
  'arm64be',
  'loong64',
  'mips',
  'mipsle',
  'mips64',
  'mips64le',
  'mips64p32',
  'mips64p32le',
  'ppc',
  'ppc64',
  'ppc64le',
  'riscv',
  'riscv64',
  's390',
  's390x',
  'sparc',
  'sparc64',
  'wasm',
]);

/**
 * Reads `os/architecture[/variant]`, an operating system or an architecture.
 * @see https://github.com/containerd/platforms/blob/main/platforms.go
 */
export function parsePlatform(text: string): Platform {
  const parts = text.split('/');
  for (const [index, part] of parts.entries()) {
    if (!(index === 0 ? osComponent : component).test(part)) {
      fail(`The platform "${text}" is not valid.`, 'Write it as "linux/amd64" or "linux/arm/v7".');
    }
  }
  const [first = '', architecture, variant] = parts;
  const [, os = '', osVersion = ''] = osComponent.exec(first) ?? [];
  if (architecture === undefined) return parseSingle(os.toLowerCase(), osVersion, text);
  if (parts.length > 3) {
    fail(`The platform "${text}" has too many parts.`, 'Write it as "linux/amd64" or "linux/arm/v7".');
  }
  const normal = normalizeArchitecture(architecture, variant ?? '');
  const isArm64 = normal.architecture === 'arm64' && variant !== undefined && normal.variant === '';
  const isArm = normal.architecture === 'arm' && variant === undefined && normal.variant === 'v7';
  return {
    os: normalizeSystem(os),
    osVersion,
    architecture: normal.architecture,
    variant: isArm64 ? 'v8' : isArm ? '' : normal.variant,
  };
}

function parseSingle(word: string, osVersion: string, text: string): Platform {
  const os = normalizeSystem(word);
  if (systems.has(os)) return { os, osVersion, architecture: 'amd64', variant: '' };
  const normal = normalizeArchitecture(word, '');
  if (!architectures.has(normal.architecture)) {
    fail(`"${text}" is not a known operating system or architecture.`);
  }
  const variant = normal.architecture === 'arm' && normal.variant === 'v7' ? '' : normal.variant;
  return { os: 'linux', osVersion: '', architecture: normal.architecture, variant };
}

/** `linux/arm/v7` */
export function formatPlatform(platform: Platform): string {
  const os = platform.osVersion === '' ? platform.os : `${platform.os}(${platform.osVersion})`;
  return [os, platform.architecture, platform.variant].filter((part) => part !== '').join('/');
}

/** The platform under its canonical names: arm64/v8 is arm64. */
export function normalizePlatform(platform: Platform): Platform {
  return {
    ...platform,
    os: normalizeSystem(platform.os),
    ...normalizeArchitecture(platform.architecture, platform.variant),
  };
}

function normalizeSystem(os: string): string {
  const lower = os.toLowerCase();
  return lower === 'macos' ? 'darwin' : lower;
}

function normalizeArchitecture(name: string, variant: string): Pick<Platform, 'architecture' | 'variant'> {
  const architecture = name.toLowerCase();
  const version = variant.toLowerCase();
  if (architecture === 'i386') return { architecture: '386', variant: '' };
  if (['x86_64', 'x86-64', 'amd64'].includes(architecture)) {
    return { architecture: 'amd64', variant: version === 'v1' ? '' : version };
  }
  if (architecture === 'aarch64' || architecture === 'arm64') {
    return { architecture: 'arm64', variant: version === '8' || version === 'v8' ? '' : version };
  }
  if (architecture === 'armhf') return { architecture: 'arm', variant: 'v7' };
  if (architecture === 'armel') return { architecture: 'arm', variant: 'v6' };
  if (architecture !== 'arm') return { architecture, variant: version };
  if (version === '' || version === '7') return { architecture, variant: 'v7' };
  return { architecture, variant: /^[568]$/u.test(version) ? `v${version}` : version };
}
