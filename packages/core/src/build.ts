/**
 * Builds on an engine, with events as they happen.
 * @module @stagecraft/core/build
 */

import { readFile } from 'node:fs/promises';
import type { DockerfileNode } from './ast/dockerfile.ts';
import type { BuildOptions, ContextInput, LocalContext, SecretInput } from './build/build-options.ts';
import { checkBuildOptions } from './build/check-build-options.ts';
import type { ContextSource, RemoteContext } from './build/context-source.ts';
import type { BuildEngine } from './build/engine.ts';
import type { BuildEvent } from './build/event.ts';
import type { BuildEngineOptions, BuildRequest, SecretSource } from './build/request.ts';
import type { BuildResult } from './build/result.ts';
import { createPlanning, type Planning, warningsOf } from './context/build-planned.ts';
import type { ContextPlan, Reinclude } from './context/index.ts';
import { connect } from './engines/connect.ts';
import { StagecraftError } from './errors/stagecraft-error.ts';
import type { ContextRead } from './graph/context-read.ts';
import { contextReads } from './graph/context-reads.ts';
import type { StageSource } from './graph/stage-source.ts';
import { renderDockerfile } from './render-dockerfile.ts';
import { graphOf } from './to-dockerfile.ts';

export type * from './build/build-options.ts';
export type * from './build/cache.ts';
export type * from './build/context-source.ts';
export type * from './build/credentials.ts';
export type * from './build/engine.ts';
export type * from './build/event.ts';
export type * from './build/failure.ts';
export { neutralise } from './build/neutralise.ts';
export type * from './build/output.ts';
export type * from './build/request.ts';
export type * from './build/result.ts';
export type * from './build/ssh-source.ts';
export { type BuildSummary, summary } from './build/summary.ts';

/**
 * Builds a stage on a real engine. Resolves once the engine shows the finished image; writes nothing beside it.
 *
 * Throws `build-failed` with the step, its last output and the TypeScript line (`where`), `aborted`, or the code of
 * what was wrong with the options, the context or the engine.
 * @example
 * const { imageId } = await build(image, { context: '.', tags: ['calc:1'] });
 * @see https://docs.docker.com/build/
 */
export async function build(
  target: StageSource | DockerfileNode,
  options: BuildOptions = {},
): Promise<BuildResult> {
  let result: BuildResult | undefined;
  for await (const event of buildEvents(target, options)) {
    if (event.type === 'result') result = event.result;
    await options.onEvent?.(event);
  }
  if (result !== undefined) return result;
  throw new StagecraftError('result-missing', 'The engine ended the build without a result.');
}

/**
 * The events of a build as they happen; the last one is the result. Leaving the loop early stops the build.
 *
 * Throws what {@link build} throws. `options.onEvent` is not called.
 * @example
 * for await (const event of buildEvents(image)) if (event.type === 'log') console.log(event.text);
 */
export async function* buildEvents(
  target: StageSource | DockerfileNode,
  options: BuildOptions = {},
): AsyncIterable<BuildEvent> {
  checkBuildOptions(options);
  const { signal } = options;
  if (signal?.aborted) throw aborted(signal);
  const engine = engineOf(options.engine);
  const graph = graphOf(target);
  const reads = contextReads(graph);
  const planning = createPlanning(() => reincludeOf(engine, options), signal);
  const settings = { reads, planning };
  const context = toContext(mainContext(options), settings);
  const named = namedContexts(options, settings);
  for (const given of [context, ...Object.values(named)]) if (hasWarnings(given)) yield* warningsOf([given]);
  const request: BuildRequest = {
    render: (profile) => renderDockerfile(graph, options.profile ?? profile),
    context,
    namedContexts: named,
    options: engineOptions(options),
  };
  yield* planning.run((stop) => engine.build(request, stop));
}

function engineOf(engine: BuildOptions['engine']): BuildEngine {
  return typeof engine === 'object' ? engine : connect(engine);
}

// Each builder has its own rule for what an ignore file brings back from an ignored directory.
async function reincludeOf(
  engine: BuildEngine,
  { deadlines: { connectTimeoutMs } = {}, signal }: BuildOptions,
): Promise<Reinclude> {
  const builder = await engine.builder?.({
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    ...(signal && { signal }),
  });
  return builder === 'classic' ? 'spelled-out' : 'anywhere';
}

function mainContext({ context = '.', files, ignore }: BuildOptions): ContextInput {
  if (files === undefined && ignore === undefined) return context;
  if (typeof context === 'object' && ('url' in context || 'pack' in context)) {
    throw new StagecraftError('invalid-options', 'This context takes neither "files" nor "ignore".', {
      hint: 'Give them to a context that is a directory.',
    });
  }
  const local: LocalContext = typeof context === 'string' ? { directory: context } : context;
  return {
    ...local,
    ...(files !== undefined && { files: { ...local.files, ...files } }),
    ...(ignore !== undefined && { ignore }),
  };
}

interface PlanSettings {
  readonly reads: readonly ContextRead[];
  readonly planning: Planning;
  /** Name of a named context. */
  readonly context?: string;
}

function toContext(
  input: ContextInput,
  { planning, ...settings }: PlanSettings,
): ContextSource | RemoteContext {
  if (typeof input === 'object' && ('url' in input || 'pack' in input)) return input;
  const local: LocalContext = typeof input === 'string' ? { directory: input } : input;
  return planning.add({ ...local, ...settings });
}

function namedContexts(
  { contexts = {} }: BuildOptions,
  settings: PlanSettings,
): BuildRequest['namedContexts'] {
  const entries = Object.entries(contexts).map(([name, input]) => {
    const isElsewhere = typeof input === 'object' && ('image' in input || 'layout' in input);
    return [name, isElsewhere ? input : toContext(input, { ...settings, context: name })] as const;
  });
  return Object.fromEntries(entries);
}

function hasWarnings(context: object): context is Pick<ContextPlan, 'warnings'> {
  return 'warnings' in context;
}

function engineOptions(options: BuildOptions): BuildEngineOptions {
  const {
    context,
    files,
    ignore,
    contexts,
    engine,
    profile,
    onEvent,
    signal,
    secrets = {},
    ...rest
  } = options;
  return {
    tags: [],
    buildArgs: {},
    labels: {},
    platforms: [],
    noCache: false,
    pull: false,
    ...rest,
    secrets: Object.entries(secrets).map(([id, input]) => toSecret(id, input)),
  };
}

function toSecret(id: string, input: SecretInput): SecretSource {
  return { id, value: async (signal) => toBytes(await readSecret(id, input, signal)) };
}

async function readSecret(
  id: string,
  input: SecretInput,
  signal: AbortSignal | undefined,
): Promise<string | Uint8Array | undefined> {
  if (typeof input === 'function') return input(signal);
  if ('value' in input) return input.value;
  if ('env' in input) return process.env[input.env];
  try {
    return await readFile(input.file, { signal });
  } catch (cause) {
    throw new StagecraftError(
      'secret-missing',
      `The file "${input.file}" of the secret "${id}" can't be read.`,
      {
        cause,
      },
    );
  }
}

function toBytes(value: string | Uint8Array | undefined): Uint8Array | undefined {
  return typeof value === 'string' ? new TextEncoder().encode(value) : value;
}

function aborted(signal: AbortSignal): StagecraftError {
  return new StagecraftError('aborted', 'The build was aborted.', { cause: signal.reason });
}
