import type { Connection } from './rpc/connection.ts';

/** A connection lent to one build. */
export interface ConnectionLease<T> {
  readonly connection: Connection;
  /** What was found out about the engine when the connection was opened. */
  readonly findings: T;
  release(): Promise<void>;
}

export interface SharedConnection<T> {
  acquire(
    open: () => Promise<{ readonly connection: Connection; readonly findings: T }>,
  ): Promise<ConnectionLease<T>>;
}

interface Slot<T> {
  readonly opened: Promise<{ readonly connection: Connection; readonly findings: T }>;
  users: number;
}

/** Builds that run at the same time share one connection; the last one closes it, so that the process can exit. */
export function createSharedConnection<T>(): SharedConnection<T> {
  let slot: Slot<T> | undefined;
  return {
    async acquire(open) {
      const mine: Slot<T> = slot ?? { opened: open(), users: 0 };
      slot = mine;
      mine.users += 1;
      const forget = (): void => {
        if (slot === mine) slot = undefined;
      };
      try {
        const { connection, findings } = await mine.opened;
        void connection.closed.then(forget);
        return {
          connection,
          findings,
          async release() {
            mine.users -= 1;
            if (mine.users > 0) return;
            forget();
            await connection.close();
          },
        };
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
}
