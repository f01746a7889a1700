import { buildFailed } from '../../../build/build-failed.ts';
import type { BuildEvent } from '../../../build/event.ts';
import type { BuildRequest } from '../../../build/request.ts';
import type { BuildResult } from '../../../build/result.ts';
import type { EngineClient } from '../client/engine-client.ts';
import { hasCachePoisoning } from './cache-poisoning.ts';
import { refuseUnsupported } from './classic-parameters.ts';
import { startProgress } from './classic-progress.ts';
import { converse } from './converse.ts';
import { nameSteps } from './named-steps.ts';
import { verifyImage } from './verify-image.ts';

const defaultIdleTimeoutMs = 30_000;

/** One build, from the first call to the verified image. */
export async function* runClassicBuild(
  client: EngineClient,
  request: BuildRequest,
  signal?: AbortSignal,
): AsyncIterable<BuildEvent> {
  refuseUnsupported(request);
  const idleTimeoutMs = request.options.deadlines?.idleTimeoutMs ?? defaultIdleTimeoutMs;
  const rendered = request.render('classic');
  const { Version: version } = await client.call((docker) => docker.version(), {
    action: 'asking for the version',
    signal,
    timeoutMs: idleTimeoutMs,
  });
  yield* warnings(version, request);
  const progress = startProgress(nameSteps(rendered));
  yield* converse(client, { request, rendered, progress, idleTimeoutMs, signal });
  if (progress.failure) throw buildFailed(progress.failure);
  const { tags } = request.options;
  const imageId = await verifyImage(client, progress.imageId, tags, { signal, timeoutMs: idleTimeoutMs });
  yield { type: 'result', result: resultOf(imageId, tags) };
}

function* warnings(version: string, { options }: BuildRequest): Iterable<BuildEvent> {
  if (options.noCache === true || !hasCachePoisoning(version)) return;
  const text = `The classic builder of Docker ${version} may take a foreign image for a cached step (CVE-2024-24557). Update Docker, or build with "noCache: true".`;
  yield { type: 'warning', text };
}

function resultOf(imageId: string, tags: readonly string[]): BuildResult {
  const metadata = {
    'containerimage.config.digest': imageId,
    ...(tags.length > 0 && { 'image.name': tags.join(',') }),
  };
  return { imageId, tags, engine: 'classic', metadata };
}
