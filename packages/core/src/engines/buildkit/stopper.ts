/** How long a build must have been steady before it is stopped, and how long that is waited for at most. */
const steadyMs = 110;
const longestWaitMs = 150;

/** Stops a build at a good moment. */
export interface Stopper {
  /** Tells that a step has begun or ended. */
  noteChange(): void;
  stop(): void;
  /** Forgets a stop that is still to come. */
  end(): void;
}

/** Docker 26 forgets to stop a process that it is just starting; so a build in motion gets a moment to settle. */
export function createStopper(cancel: () => void): Stopper {
  let changedMs = Number.NEGATIVE_INFINITY;
  let askedMs: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    if (askedMs === undefined) return;
    clearTimeout(timer);
    const dueMs = Math.min(changedMs + steadyMs, askedMs + longestWaitMs);
    const waitMs = dueMs - performance.now();
    if (waitMs <= 0) cancel();
    else timer = setTimeout(cancel, waitMs);
  };
  return {
    noteChange() {
      changedMs = performance.now();
      schedule();
    },
    stop() {
      askedMs = performance.now();
      schedule();
    },
    end: () => {
      askedMs = undefined;
      clearTimeout(timer);
    },
  };
}
