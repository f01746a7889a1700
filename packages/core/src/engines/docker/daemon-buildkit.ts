import type { OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { isStagecraftError } from '../../errors/stagecraft-error.ts';
import type { EngineClient } from './client/engine-client.ts';

const defaultConnectTimeoutMs = 10_000;

/** Whether there is a BuildKit inside the daemon, and nothing between that hides it. */
export async function hasBuildkit(
  client: EngineClient,
  timeoutMs: number = defaultConnectTimeoutMs,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const socket = await client.hijack('/grpc', {}, { signal, timeoutMs });
    socket.on('error', () => {});
    socket.destroy();
    return true;
  } catch (error) {
    if (isStagecraftError(error) && error.code === 'engine-refused') return false;
    throw error;
  }
}

/** A connection to the BuildKit inside the daemon. */
export function dialBuildkit(client: EngineClient, signal?: AbortSignal): Promise<Duplex> {
  return client.hijack('/grpc', {}, { signal });
}

/**
 * A connection for the session of one build. Inside the other connection everything is framed twice, on both sides,
 * so it gets its own where that costs nothing; undefined where it has to be a call, and where it can't be had: a call
 * tells better what is wrong with the engine.
 */
export async function dialSession(
  client: EngineClient,
  headers: OutgoingHttpHeaders,
  signal: AbortSignal,
): Promise<Duplex | undefined> {
  return client.local ? client.hijack('/session', headers, { signal }).catch(() => undefined) : undefined;
}
