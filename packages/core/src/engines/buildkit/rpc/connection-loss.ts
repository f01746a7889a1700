import { isStagecraftError, StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { Connection } from './connection.ts';
import { isRpcError, rpcCode } from './status.ts';

const graceMs = 50;

/** Whether a call failed because there is no connection any more. */
export function isConnectionLoss(error: unknown): boolean {
  if (isRpcError(error)) return error.status.code === rpcCode.unavailable;
  return isStagecraftError(error) && error.code === 'connection-lost';
}

/** Why `connection` is gone; undefined when it isn't. Its calls fail a moment before it is gone itself. */
export async function lossOf(connection: Connection): Promise<StagecraftError | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), graceMs);
  });
  const reason = await Promise.race([connection.closed, limit]);
  clearTimeout(timer);
  return reason;
}

/** The engine is there no more, as far as anybody can tell. */
export function engineSilent(engine: string, idleTimeoutMs: number): StagecraftError {
  return new StagecraftError(
    'idle-timeout',
    `The engine "${engine}" was silent for ${idleTimeoutMs} ms, liveness checks included.`,
    { hint: 'Check the network to the engine, or raise "idleTimeoutMs".' },
  );
}
