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
