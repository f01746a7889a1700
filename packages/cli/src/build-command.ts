import { writeFileSync } from 'node:fs';
import { type Profile, StagecraftError, type StageSource } from '@stagecraft/core';
import { type BuildOptions, type BuildResult, build } from '@stagecraft/core/build';
import { toCacheSource, toCacheTarget } from './build-flags/caches.ts';
import { toContext, toContexts } from './build-flags/contexts.ts';
import { takesStdout, toOutput } from './build-flags/outputs.ts';
import { toRecord } from './build-flags/pairs.ts';
import { toSecret } from './build-flags/secrets.ts';
import { toSsh } from './build-flags/ssh.ts';
import { createProgress } from './progress/create-progress.ts';
import type { ProgressKind } from './progress/progress.ts';

/** The flags of the command as commander reads them. */
export interface BuildCommandOptions {
  readonly context: string;
  readonly buildContext: readonly string[];
  readonly tag: readonly string[];
  readonly label: readonly string[];
  readonly buildArg: readonly string[];
  readonly secret: readonly string[];
  readonly ssh: readonly string[];
  readonly platform: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly output: readonly string[];
  readonly addHost: readonly string[];
  /** From `--no-cache-filter`. */
  readonly cacheFilter: readonly string[];
  readonly engine?: string;
  readonly profile?: Profile;
  readonly network?: 'default' | 'none' | 'host';
  /** False for `--no-cache`. */
  readonly cache: boolean;
  readonly pull?: boolean;
  readonly sbom?: boolean;
  readonly provenance?: 'false' | 'min' | 'max';
  readonly progress: ProgressKind;
  readonly push?: boolean;
  readonly load?: boolean;
  readonly iidfile?: string;
  readonly metadataFile?: string;
  /** One document with the result on stdout, in place of the id. */
  readonly json?: boolean;
}

/** Builds on an engine; Ctrl-C stops the engine's work. Gives back what to print on stdout. */
export async function runBuild(image: StageSource, flags: BuildCommandOptions): Promise<string> {
  const options = buildOptions(flags);
  const isBuildOnStdout = takesStdout(options.outputs ?? []);
  if (isBuildOnStdout && (flags.json === true || flags.progress === 'json')) throw oneThingOnStdout();
  // The document goes before the events: --json promises exactly one.
  const kind = flags.progress === 'json' && flags.json === true ? 'quiet' : flags.progress;
  const progress = await createProgress(kind);
  const abort = new AbortController();
  const stop = (): void => {
    // Whoever asks twice does not want to wait for the engine.
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
    progress.stopping();
  };
  // Not "once": what restores the cursor ends the process when it finds no other listener.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let result: BuildResult | undefined;
  try {
    result = await build(image, { ...options, signal: abort.signal, onEvent: progress.show });
  } finally {
    progress.end(result !== undefined);
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  }
  writeResult(result, flags);
  if (flags.json === true) return `${JSON.stringify({ schemaVersion: 1, ...result })}\n`;
  return kind === 'json' || isBuildOnStdout ? '' : `${result.imageId ?? result.digest ?? ''}\n`;
}

/** The same options as a program gives to `build`. */
function buildOptions(flags: BuildCommandOptions): BuildOptions {
  const outputs = [
    ...(flags.push === true ? [{ type: 'push' as const }] : []),
    ...(flags.load === true ? [{ type: 'load' as const }] : []),
    ...flags.output.map(toOutput),
  ];
  const { network, engine, profile } = flags;
  return {
    context: toContext(flags.context),
    contexts: toContexts(flags.buildContext),
    tags: flags.tag,
    labels: toRecord('label', flags.label),
    buildArgs: toRecord('build-arg', flags.buildArg, process.env),
    secrets: Object.fromEntries(flags.secret.map(toSecret)),
    platforms: flags.platform.flatMap((text) => text.split(',')),
    noCache: !flags.cache || (flags.cacheFilter.length > 0 && flags.cacheFilter),
    pull: flags.pull ?? false,
    ...(flags.ssh.length > 0 && { ssh: flags.ssh.map(toSsh) }),
    ...(flags.cacheFrom.length > 0 && { cacheFrom: flags.cacheFrom.map(toCacheSource) }),
    ...(flags.cacheTo.length > 0 && { cacheTo: flags.cacheTo.map(toCacheTarget) }),
    ...(flags.addHost.length > 0 && { extraHosts: toRecord('add-host', flags.addHost) }),
    ...(outputs.length > 0 && { outputs }),
    ...attestationsOf(flags),
    ...(network !== undefined && { network }),
    ...(engine !== undefined && { engine }),
    ...(profile !== undefined && { profile }),
  };
}

function oneThingOnStdout(): StagecraftError {
  return new StagecraftError('invalid-options', 'Standard output takes the build or JSON, not both.', {
    hint: 'Write the build to a file: --output type=tar,dest=file.',
  });
}

function attestationsOf({ sbom, provenance }: BuildCommandOptions): Pick<BuildOptions, 'attestations'> {
  if (sbom === undefined && provenance === undefined) return {};
  return {
    attestations: {
      ...(sbom !== undefined && { sbom }),
      ...(provenance !== undefined && { provenance: provenance === 'false' ? false : provenance }),
    },
  };
}

function writeResult(result: BuildResult, { iidfile, metadataFile }: BuildCommandOptions): void {
  if (iidfile !== undefined) writeFileSync(iidfile, result.imageId ?? result.digest ?? '');
  if (metadataFile !== undefined)
    writeFileSync(metadataFile, `${JSON.stringify(result.metadata, undefined, 2)}\n`);
}
