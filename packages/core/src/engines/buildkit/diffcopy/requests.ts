import { setImmediate as yieldToEvents } from 'node:timers/promises';

/** How many requests may wait before more entries are announced. */
const fewWaiting = 256;

/** The numbers of the files that an engine has asked for and not been given yet. */
export interface Requests {
  add(id: number): void;
  take(): number | undefined;
  /** The next number, or undefined when no more will come. */
  wait(): Promise<number | undefined>;
  /**
   * Resolves once few requests wait. BuildKit keeps a goroutine with its stack for each file it has asked for, and
   * thousands of them slow it down.
   */
  settle(): Promise<void>;
  /** No more will come. */
  finish(): void;
}

export function createRequests(): Requests {
  const queue: number[] = [];
  let position = 0;
  let finished = false;
  let wake = (): void => {};
  let settled = (): void => {};
  const waiting = (): number => queue.length - position;
  const take = (): number | undefined => {
    if (waiting() === 0) return undefined;
    const id = queue[position++];
    if (waiting() <= fewWaiting) settled();
    return id;
  };
  return {
    take,
    add(id) {
      queue.push(id);
      wake();
    },
    finish() {
      finished = true;
      wake();
      settled();
    },
    async settle() {
      if (finished || waiting() <= fewWaiting) return;
      await new Promise<void>((resolve) => {
        settled = resolve;
      });
    },
    async wait() {
      // Requests come in bursts; one turn of the event loop collects a whole burst.
      await yieldToEvents();
      while (waiting() === 0 && !finished) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return take();
    },
  };
}
