import type { CredentialsSource } from '../../../build/credentials.ts';
import type { BuildEvent, BuildStep } from '../../../build/event.ts';
import { neutralise } from '../../../build/neutralise.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { EngineClient } from '../client/engine-client.ts';
import type { EngineMessage } from '../stream/engine-message.ts';
import { streamCall } from '../stream/stream-call.ts';
import { type ImageReference, parseReference } from './reference.ts';
import { pushHeaders } from './registry-headers.ts';

/** An image that arrived in its registry. */
export interface PushedImage {
  /** As it was given. */
  readonly reference: string;
  /** `sha256:…` of the manifest. */
  readonly digest: string;
  readonly sizeBytes: number;
}

export interface PushOptions {
  readonly credentials: CredentialsSource;
  readonly signal?: AbortSignal | undefined;
  readonly idleTimeoutMs?: number | undefined;
}

/** Sends an image from the engine's store to the registry its name says. Success means that the registry gave a digest. */
export async function* pushImage(
  client: EngineClient,
  reference: string,
  { credentials, signal, idleTimeoutMs }: PushOptions,
): AsyncGenerator<BuildEvent, PushedImage> {
  const parsed = parseReference(reference);
  const step: BuildStep = { id: `push ${reference}`, name: `pushing ${reference}` };
  const headers = await pushHeaders(parsed.host, credentials, signal);
  const startedMs = Date.now();
  yield { type: 'started', step, timeMs: startedMs };
  let pushed: EngineMessage['pushed'];
  const messages = streamCall(client, (docker) => docker.getImage(parsed.name).push({ tag: parsed.tag }), {
    action: `pushing "${reference}"`,
    signal,
    idleTimeoutMs,
    headers,
  });
  for await (const message of messages) {
    if (message.error) throw refused(parsed, reference, message.error.message);
    pushed = message.pushed ?? pushed;
    yield* progress(step, message);
  }
  if (pushed === undefined) {
    throw new StagecraftError(
      'result-missing',
      `The engine ended the push of "${reference}" without a digest.`,
      {
        hint: 'Push again.',
      },
    );
  }
  yield { type: 'completed', step, intervals: [{ startedMs, completedMs: Date.now() }] };
  return { reference, digest: pushed.digest, sizeBytes: pushed.sizeBytes };
}

function* progress(step: BuildStep, { status, id, current, total }: EngineMessage): Iterable<BuildEvent> {
  if (status === undefined || id === undefined || current === undefined) return;
  const label = neutralise(`${id} ${status}`);
  yield { type: 'progress', step, label, current, ...(total !== undefined && { total }), timeMs: Date.now() };
}

function refused({ host }: ImageReference, reference: string, message: string): StagecraftError {
  const reason = neutralise(message).trim().replace(/\.$/u, '');
  return new StagecraftError('registry-refused', `The registry didn't take "${reference}": ${reason}.`, {
    hint: /denied|unauthori[sz]ed|authentication|credentials/iu.test(reason)
      ? `Log in with "docker login ${host}", or pass "credentials".`
      : undefined,
  });
}
