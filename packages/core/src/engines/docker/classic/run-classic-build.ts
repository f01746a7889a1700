import { buildFailed } from '../../../build/build-failed.ts';
import type { CredentialsSource } from '../../../build/credentials.ts';
import type { BuildEvent } from '../../../build/event.ts';
import type { BuildRequest } from '../../../build/request.ts';
import type { BuildResult } from '../../../build/result.ts';
import { limitCredentials } from '../../auth/limit-credentials.ts';
import { resolveDeadlines } from '../../buildkit/deadlines.ts';
import type { EngineClient } from '../client/engine-client.ts';
import { dockerCredentials } from '../credentials.ts';
import { type PushOptions, pushImage } from '../images/push.ts';
import { buildHeaders } from '../images/registry-headers.ts';
import { registriesOf } from './base-images.ts';
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
  const { tags, buildArgs, outputs = [] } = request.options;
  const credentials = credentialsOf(request);
  const headers = await buildHeaders(registriesOf(rendered.text, buildArgs), credentials, signal);
  yield* converse(client, { request, rendered, progress, idleTimeoutMs, signal, headers });
  if (progress.failure) throw buildFailed(progress.failure);
  const imageId = await verifyImage(client, progress.imageId, tags, { signal, timeoutMs: idleTimeoutMs });
  const push = outputs.some(({ type }) => type === 'push');
  const digest = push ? yield* pushAll(client, tags, { credentials, signal, idleTimeoutMs }) : undefined;
  yield { type: 'result', result: resultOf(imageId, digest, tags) };
}

function credentialsOf({
  options: { credentials = dockerCredentials(), deadlines },
}: BuildRequest): CredentialsSource {
  return limitCredentials(credentials, resolveDeadlines(deadlines).secretTimeoutMs);
}

function* warnings(version: string, { options }: BuildRequest): Iterable<BuildEvent> {
  if (options.noCache === true || !hasCachePoisoning(version)) return;
  const text = `The classic builder of Docker ${version} may take a foreign image for a cached step (CVE-2024-24557). Update Docker, or build with "noCache: true".`;
  yield { type: 'warning', text };
}

async function* pushAll(
  client: EngineClient,
  tags: readonly string[],
  options: PushOptions,
): AsyncGenerator<BuildEvent, string | undefined> {
  let digest: string | undefined;
  for (const tag of tags) digest = (yield* pushImage(client, tag, options)).digest;
  return digest;
}

function resultOf(imageId: string, digest: string | undefined, tags: readonly string[]): BuildResult {
  const metadata = {
    'containerimage.config.digest': imageId,
    ...(digest !== undefined && { 'containerimage.digest': digest }),
    ...(tags.length > 0 && { 'image.name': tags.join(',') }),
  };
  return { imageId, ...(digest !== undefined && { digest }), tags, engine: 'classic', metadata };
}
