/** Hands events from callbacks to one reader, in order. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(...events: readonly T[]): void;
  /** No more events; the reader gets what is left, then the end or `error`. */
  end(error?: unknown): void;
  /** Resolves when the reader has caught up. */
  room(): Promise<void>;
}

const highWater = 4096;

export function createEventQueue<T>(): EventQueue<T> {
  let events: T[] = [];
  let position = 0;
  let ended: { readonly error: unknown } | undefined;
  let wake = (): void => {};
  let makeRoom = (): void => {};
  return {
    push(...added) {
      for (const event of added) events.push(event);
      wake();
    },
    end(error) {
      ended ??= { error };
      wake();
      makeRoom();
    },
    async room() {
      while (events.length - position > highWater && ended === undefined) {
        await new Promise<void>((resolve) => {
          makeRoom = resolve;
        });
      }
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (position < events.length) {
          yield events[position++] as T;
          if (position > highWater) {
            events = events.slice(position);
            position = 0;
          }
        }
        makeRoom();
        if (ended !== undefined) {
          if (ended.error !== undefined) throw ended.error;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
