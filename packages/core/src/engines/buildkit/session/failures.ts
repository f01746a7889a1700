/** Remembers the first thing that went wrong on our side: it explains the engine's later, vaguer error. */
export interface SessionFailures {
  report(error: unknown): void;
  first(): unknown;
}

export function createFailures(onFirst: () => void): SessionFailures {
  let reported = false;
  let first: unknown;
  return {
    first: () => first,
    report(error) {
      if (reported) return;
      reported = true;
      first = error;
      onFirst();
    },
  };
}
