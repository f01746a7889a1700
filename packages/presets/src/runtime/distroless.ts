import { type DistrolessName, type DistrolessOptions, StagecraftError } from '@stagecraft/core';
import { createRuntime } from './create-runtime.ts';
import type { Language, Runtime } from './runtime.ts';
import { findRuntimeRecord, runtimeRecords } from './table.ts';

type DebugShell<Debug extends boolean> = Debug extends true ? 'shell' : 'no-shell';

/**
 * A distroless image: the program, its libraries and nothing else. Runs as 65532 unless `user: 'root'`.
 *
 * Throws `invalid-options` for an image that does not exist, naming those that do.
 * @see https://github.com/GoogleContainerTools/distroless
 */
export function distroless<Debug extends boolean = false>(
  name: DistrolessName,
  options: DistrolessOptions<Debug> = {},
): Runtime<DebugShell<Debug>> {
  const debian = options.debian ?? 13;
  const repository = `gcr.io/distroless/${name}-debian${debian}`;
  const record = findRuntimeRecord(repository) ?? unknownImage(repository);
  const root = options.user === 'root';
  const debugTag = root ? 'debug' : 'debug-nonroot';
  const uid = root ? 0 : 65_532;
  const shell = (options.debug === true ? 'shell' : 'no-shell') as DebugShell<Debug>;
  const { interpreter, entrypoint } = record;
  return createRuntime({
    family: 'distroless',
    image: `${repository}:${options.debug === true ? debugTag : root ? 'latest' : 'nonroot'}`,
    debugImage: `${repository}:${debugTag}`,
    debugShell: record.debugShell ?? '/busybox/sh',
    shell,
    libc: record.libc === 'glibc' ? 'glibc' : 'none',
    distribution: debian === 13 ? 'trixie' : 'bookworm',
    language: languageOf(name),
    ...(interpreter === null || interpreter === undefined ? {} : { interpreter }),
    ...(entrypoint === null || entrypoint === undefined ? {} : { entrypoint }),
    uid,
    setsUser: false,
    ...(record.arch === undefined ? {} : { architectures: record.arch }),
    ...(record.eol === null || record.eol === undefined ? {} : { endOfLife: record.eol }),
  });
}

function languageOf(name: string): Language {
  if (name.startsWith('nodejs')) return 'node';
  if (name.startsWith('python')) return 'python';
  return /^java\d/u.test(name) ? 'java' : 'none';
}

function unknownImage(repository: string): never {
  const known = runtimeRecords('distroless').flatMap((record) =>
    record.deprecated === true ? [] : [record.ref],
  );
  throw new StagecraftError('invalid-options', `There is no distroless image "${repository}".`, {
    hint: `Use one of ${known.join(', ')}.`,
  });
}
