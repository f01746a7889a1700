import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { EngineClient } from '../client/engine-client.ts';
import { engineError } from '../client/engine-error.ts';
import { watchIdle } from '../client/idle-watch.ts';
import { type EngineMessage, readMessage } from './engine-message.ts';
import { jsonLines } from './json-lines.ts';

export interface StreamOptions {
  readonly action: string;
  readonly signal?: AbortSignal | undefined;
  /** Silence of the whole connection, in milliseconds. Default: 30,000. */
  readonly idleTimeoutMs?: number | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

const defaultIdleTimeoutMs = 30_000;
/** How many idle limits a transfer may be silent while the engine answers other calls. */
const patience = 20;

/** The messages of a call that answers with a stream of them, for example a push. */
export async function* streamCall(
  client: EngineClient,
  work: (docker: Dockerode, touch: () => void) => Promise<unknown>,
  options: StreamOptions,
): AsyncIterable<EngineMessage> {
  const idleTimeoutMs = options.idleTimeoutMs ?? defaultIdleTimeoutMs;
  const ended = new AbortController();
  const abort = (): void => ended.abort(options.signal?.reason);
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener('abort', abort, { once: true });
  let listening = true;
  const watch = watchIdle({
    idleTimeoutMs,
    probe: async (signal) => {
      if (!listening) return Number.POSITIVE_INFINITY;
      await client.call((docker) => docker.ping(), { action: 'asking for a sign of life', signal });
      return idleTimeoutMs * patience;
    },
    onSilent: (silentMs) => ended.abort(fellSilent(client.describe, silentMs, options.action)),
  });
  try {
    const { action, headers } = options;
    const response = await client.call((docker) => work(docker, watch.touch), {
      action,
      signal: ended.signal,
      ...(headers && { headers }),
    });
    for await (const value of jsonLines(response as Readable)) {
      listening = false;
      yield readMessage(value);
      watch.touch();
      listening = true;
    }
  } catch (error) {
    throw ended.signal.aborted ? reasonOf(ended.signal) : engineError(error, client.describe, options.action);
  } finally {
    watch.stop();
    options.signal?.removeEventListener('abort', abort);
    ended.abort();
  }
}

function fellSilent(describe: string, silentMs: number, action: string): StagecraftError {
  return new StagecraftError(
    'idle-timeout',
    `"${describe}" stayed silent for ${silentMs} ms while ${action}.`,
    {
      hint: 'Check the engine and the network.',
    },
  );
}

function reasonOf(signal: AbortSignal): unknown {
  const reason: unknown = signal.reason;
  if (reason instanceof Error && reason.name === 'StagecraftError') return reason;
  return new StagecraftError('aborted', 'The call was aborted.', { cause: reason });
}
