import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContextSource } from '../../../build/context-source.ts';
import type { BuildEvent } from '../../../build/event.ts';
import type { BuildRequest, RenderedDockerfile } from '../../../build/request.ts';
import type { EngineClient } from '../client/engine-client.ts';
import { type IdleWatch, watchIdle } from '../client/idle-watch.ts';
import { readMessage } from '../stream/engine-message.ts';
import { jsonLines } from '../stream/json-lines.ts';
import { classicParameters } from './classic-parameters.ts';
import { type ClassicProgress, completeStep, takeMessage } from './classic-progress.ts';
import { contextBody } from './context-body.ts';
import { fellSilent, translateFailure } from './conversation-errors.ts';
import { dockerfileName } from './dockerfile-files.ts';
import { type Conversation, legalSilenceMs } from './run-liveness.ts';

const transferIntervalMs = 100;

export interface ClassicBuild {
  readonly request: BuildRequest;
  readonly rendered: RenderedDockerfile;
  readonly progress: ClassicProgress;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the context and turns the answer into events. Whatever happens, the connection is closed afterwards. */
export async function* converse(client: EngineClient, build: ClassicBuild): AsyncIterable<BuildEvent> {
  const { idleTimeoutMs, progress } = build;
  const context = build.request.context as ContextSource;
  const ended = new AbortController();
  const abort = (): void => ended.abort(build.signal?.reason);
  if (build.signal?.aborted) abort();
  build.signal?.addEventListener('abort', abort, { once: true });
  const body = contextBody(context, build.rendered.text, () => watch.touch());
  const conversation: Conversation = { body, progress, listening: true };
  const watch: IdleWatch = watchIdle({
    idleTimeoutMs,
    probe: (signal) => legalSilenceMs(client, conversation, { idleTimeoutMs, signal }),
    onSilent: (silentMs) => ended.abort(fellSilent(client.describe, silentMs, conversation)),
  });
  try {
    const opened = client.call(
      (docker) =>
        docker.buildImage(body.stream, classicParameters(build.request.options, dockerfileName) as object),
      { action: 'building', signal: ended.signal, ...(build.headers && { headers: build.headers }) },
    );
    yield* transfers(opened, conversation, context);
    const chunks = heard((await opened) as Readable, conversation, watch);
    for await (const value of jsonLines(chunks)) yield* takeMessage(progress, readMessage(value));
    yield* completeStep(progress);
  } catch (error) {
    throw translateFailure(error, client.describe, conversation, ended.signal);
  } finally {
    watch.stop();
    build.signal?.removeEventListener('abort', abort);
    ended.abort();
    body.stream.destroy();
  }
}

/** How far the context is, some times a second, until the engine answers. */
async function* transfers(
  opened: Promise<unknown>,
  conversation: Conversation,
  context: ContextSource,
): AsyncIterable<BuildEvent> {
  const answered = opened.then(
    () => true,
    () => true,
  );
  let reported = 0;
  for (let done = false; !done; ) {
    conversation.listening = true;
    const pause = new AbortController();
    const waited = sleep(transferIntervalMs, false, { signal: pause.signal }).catch(() => false);
    done = await Promise.race([answered, waited]);
    pause.abort();
    conversation.listening = false;
    const { sentBytes } = conversation.body;
    if (sentBytes === reported) continue;
    reported = sentBytes;
    const totalBytes = context.totals?.bytes;
    yield { type: 'transfer', name: 'context', sentBytes, ...(totalBytes !== undefined && { totalBytes }) };
  }
}

async function* heard(
  response: Readable,
  conversation: Conversation,
  watch: IdleWatch,
): AsyncIterable<Uint8Array> {
  conversation.listening = true;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    conversation.listening = false;
    yield chunk;
    watch.touch();
    conversation.listening = true;
  }
}
