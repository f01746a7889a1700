/**
 * Runs a callback of the user's with a time limit of its own: one that never answers must not hold a build up.
 *
 * Rejects with `late()` after `timeoutMs`, and when `signal` aborts.
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  timeoutMs: number,
  late: () => Error,
): Promise<T> {
  const limit = new AbortController();
  const onAbort = (): void => limit.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const timer = setTimeout(() => limit.abort(late()), timeoutMs);
  const ended = new Promise<never>((_, reject) => {
    const onLimit = (): void => reject(limit.signal.reason);
    limit.signal.addEventListener('abort', onLimit, { once: true });
    if (limit.signal.aborted) onLimit();
  });
  try {
    return await Promise.race([Promise.resolve().then(() => work(limit.signal)), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
