import { isStagecraftError, type StagecraftError } from '../../../errors/stagecraft-error.ts';
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
