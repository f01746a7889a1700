import { setImmediate } from 'node:timers/promises';
import { StagecraftError } from '../errors/stagecraft-error.ts';

const longestStretchMs = 0.5;

/**
 * Synchronous file access is several times faster than promises, but starves the event loop. The function
 * returned here is called often, and gives back a promise to await whenever the loop has waited long enough.
 */
export function createBreather(signal?: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < longestStretchMs) return undefined;
    return setImmediate().then(() => {
      throwIfAborted(signal);
      last = performance.now();
    });
  };
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new StagecraftError('aborted', 'Reading the context was aborted.', { cause: signal.reason });
}
