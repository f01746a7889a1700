import type { Connection } from './rpc/connection.ts';

/** An open connection with what was found out about the engine behind it. */
export interface OpenedConnection<T> {
  readonly connection: Connection;
  readonly findings: T;
}

/** A connection lent to one build. */
export interface ConnectionLease<T> extends OpenedConnection<T> {
  release(): Promise<void>;
}

export interface SharedConnection<T> {
  acquire(
    open: (signal: AbortSignal) => Promise<OpenedConnection<T>>,
    signal: AbortSignal,
  ): Promise<ConnectionLease<T>>;
}

interface Slot<T> {
  readonly opened: Promise<OpenedConnection<T>>;
  readonly stop: AbortController;
  users: number;
}

/** Builds that run at the same time share one connection; the last one closes it, so that the process can exit. */
export function createSharedConnection<T>(): SharedConnection<T> {
  let current: Slot<T> | undefined;
  const forget = (slot: Slot<T>): void => {
    if (current === slot) current = undefined;
  };
  const release = async (slot: Slot<T>): Promise<void> => {
    slot.users -= 1;
    if (slot.users > 0) return;
    forget(slot);
    // Nobody waits for it any more, opened or not.
    slot.stop.abort();
    await slot.opened.then(({ connection }) => connection.close()).catch(() => {});
  };
  return {
    async acquire(open, signal) {
      const slot = current ?? createSlot(open);
      current = slot;
      slot.users += 1;
      try {
        const opened = await abortable(slot.opened, signal);
        void opened.connection.closed.then(() => forget(slot));
        return { ...opened, release: () => release(slot) };
      } catch (error) {
        forget(slot);
        await release(slot);
        throw error;
      }
    },
  };
}

function createSlot<T>(open: (signal: AbortSignal) => Promise<OpenedConnection<T>>): Slot<T> {
  const stop = new AbortController();
  const opened = open(stop.signal);
  // Every user waits for it in its own way; without users its failure is nobody's.
  opened.catch(() => {});
  return { opened, stop, users: 0 };
}

// One build's abort must not end the connection that others wait for.
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
