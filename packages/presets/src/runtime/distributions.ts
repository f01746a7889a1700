import { createRuntime } from './create-runtime.ts';
import type { Language, Runtime } from './runtime.ts';

export interface DistributionOptions {
  /** What the image is for. Default: `'none'`. */
  readonly language?: Language;
  /** Path of the interpreter. Default: found through PATH. */
  readonly interpreter?: string;
  /** The image's own ENTRYPOINT, where it starts the interpreter. */
  readonly entrypoint?: readonly string[];
  /** The numeric user to run as. Default: 65532, or 1000 for Node.js images, which have that user. */
  readonly uid?: number;
}

/** A slim Debian image, such as `debian:trixie-slim`, `node:24-trixie-slim` or `python:3.13-slim-trixie`. */
export function slim(image = 'debian:trixie-slim', options: DistributionOptions = {}): Runtime<'shell'> {
  return createRuntime({
    family: 'slim',
    image,
    shell: 'shell',
    libc: 'glibc',
    distribution: /bullseye|bookworm|trixie/u.exec(image)?.[0] ?? 'trixie',
    packageManager: 'apt',
    ...distributionFields(image, options),
    has: { caCertificates: false, timeZones: true, passwd: true, temporaryDirectory: true },
  });
}

/** An Alpine image: musl, so only programs built for musl or statically. */
export function alpine(image = 'alpine:3.24', options: DistributionOptions = {}): Runtime<'shell'> {
  return createRuntime({
    family: 'alpine',
    image,
    shell: 'shell',
    libc: 'musl',
    distribution: 'alpine',
    packageManager: 'apk',
    ...distributionFields(image, options),
    has: { caCertificates: true, timeZones: false, passwd: true, temporaryDirectory: true },
  });
}

/** An Ubuntu image. */
export function ubuntu(image = 'ubuntu:24.04', options: DistributionOptions = {}): Runtime<'shell'> {
  return createRuntime({
    family: 'ubuntu',
    image,
    shell: 'shell',
    libc: 'glibc',
    distribution: image.includes('26.04') ? 'resolute' : 'noble',
    packageManager: 'apt',
    ...distributionFields(image, options),
    has: { caCertificates: false, timeZones: false, passwd: true, temporaryDirectory: true },
  });
}

function distributionFields(
  image: string,
  { language = 'none', interpreter, entrypoint, uid }: DistributionOptions,
): Pick<Runtime, 'language' | 'uid' | 'interpreter' | 'entrypoint'> {
  return {
    language,
    uid: uid ?? (/(?:^|\/)node:/u.test(image) ? 1000 : 65_532),
    ...(interpreter === undefined ? {} : { interpreter }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
  };
}
