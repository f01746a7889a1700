import { createRuntime } from './create-runtime.ts';
import type { Language, Runtime } from './runtime.ts';

/** A hardened image's name, language and interpreter where it has one. */
export interface HardenedOptions {
  /** Default: `'none'`. */
  readonly language?: Language;
  /** Absolute path of the interpreter, where the image starts it. */
  readonly interpreter?: string;
  /** Default: 65532. */
  readonly uid?: number;
}

/**
 * An image of Chainguard, such as `cgr.dev/chainguard/static:latest`: no shell, runs as 65532.
 * @see https://edu.chainguard.dev/chainguard/chainguard-images/
 */
export function chainguard(image: string, options: HardenedOptions = {}): Runtime<'no-shell'> {
  const isMusl = /(?:^|[/-])musl/u.test(image);
  return shellLess('chainguard', image, isMusl ? 'musl' : 'glibc', options);
}

/**
 * A Docker Hardened Image, such as `dhi.io/static:1`: no shell, runs as 65532.
 * @see https://docs.docker.com/dhi/
 */
export function hardened(image: string, options: HardenedOptions = {}): Runtime<'no-shell'> {
  return shellLess('hardened', image, /alpine/u.test(image) ? 'musl' : 'glibc', options);
}

/**
 * A chiseled Ubuntu image, such as `mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled`: no shell, runs as 1654.
 * @see https://documentation.ubuntu.com/chisel/
 */
export function chiseled(image: string, options: HardenedOptions = {}): Runtime<'no-shell'> {
  return shellLess('chiseled', image, 'glibc', { uid: 1654, ...options });
}

function shellLess(
  family: Runtime['family'],
  image: string,
  libc: Runtime['libc'],
  { language = 'none', interpreter, uid = 65_532 }: HardenedOptions,
): Runtime<'no-shell'> {
  return createRuntime({
    family,
    image,
    shell: 'no-shell',
    libc,
    language,
    uid,
    setsUser: false,
    ...(interpreter === undefined ? {} : { interpreter, entrypoint: [interpreter] }),
  });
}
