import type { BuildRequest } from '../../../build/request.ts';
import type { BuildResult } from '../../../build/result.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { BuildkitEngineOptions } from '../engine-options.ts';
import type { Capabilities } from './capabilities.ts';
import { normaliseImageName } from './image-name.ts';
import { configDigestKey, digestKey, readMetadata } from './metadata.ts';
import type { SolvePlan } from './plan.ts';

export interface ResultContext {
  readonly engine: BuildkitEngineOptions;
  readonly capabilities: Capabilities;
  readonly request: BuildRequest;
  readonly signal: AbortSignal;
}

/** Turns the exporters' answers into a result, after looking up in the engine's store what was announced. */
export async function readResult(
  answer: Readonly<Record<string, string>>,
  plan: SolvePlan,
  context: ResultContext,
): Promise<BuildResult> {
  const digest = answer[digestKey];
  const makesImage = plan.exports.some(({ type }) => type !== 'tar' && type !== 'local');
  if (makesImage && !isDigest(digest)) throw missing(context, 'announced no image');
  const loads = plan.exports.some(({ output }) => output.type === 'load');
  const imageId = loads ? await verifiedId(answer, context) : undefined;
  const isGraph = context.capabilities.store === 'docker-graph';
  return {
    engine: context.engine.name,
    tags: context.request.options.tags.map(normaliseImageName),
    ref: plan.ref,
    metadata: readMetadata(answer, { ref: plan.ref, builder: context.engine.name, isGraph }),
    ...(imageId === undefined ? {} : { imageId }),
    // The graph store has no manifests; what it calls a digest is the image's id.
    ...(digest === undefined || isGraph ? {} : { digest }),
  };
}

async function verifiedId(
  answer: Readonly<Record<string, string>>,
  context: ResultContext,
): Promise<string | undefined> {
  const { verify } = context.engine;
  if (verify === undefined) return undefined;
  const { store } = context.capabilities;
  // An image loaded into another daemon is known there by its config or by its manifest, depending on the store.
  const keys = store === 'buildkitd' ? [configDigestKey, digestKey] : [digestKey];
  const announced = keys.flatMap((key) => answer[key] ?? []);
  for (const digest of announced) {
    const id = await verify(digest, context.signal);
    if (id === undefined) continue;
    if (store !== 'docker-graph' || id === digest) return id;
    throw new StagecraftError(
      'digest-mismatch',
      `The engine announced the image "${digest}" but stored "${id}".`,
    );
  }
  throw missing(context, `announced the image "${announced.at(-1)}" but does not have it`);
}

function missing(context: ResultContext, what: string): StagecraftError {
  return new StagecraftError('result-missing', `The engine "${context.engine.name}" ${what}.`, {
    hint: 'Something may have removed the image right after the build; build again.',
  });
}

function isDigest(value: string | undefined): boolean {
  return value !== undefined && /^sha256:[a-f\d]{64}$/u.test(value);
}
