/** Ends something that has gone silent. */
export interface IdleWatch {
  /** Something was heard. */
  touch(): void;
  stop(): void;
}

export interface IdleWatchOptions {
  readonly idleTimeoutMs: number;
  /**
   * Asked during a silence; resolves to how long it may last as things stand, in milliseconds, or to `Infinity` when
   * the other side is seen at work, which counts as heard. A rejection means that nothing answers: the idle limit holds.
   */
  readonly probe: (signal: AbortSignal) => Promise<number>;
  readonly onSilent: (silentMs: number) => void;
}

/** How often the silence is measured at least, in milliseconds. */
const longestStepMs = 250;
/** How long an answer to the probe may outlast the idle limit, in milliseconds: a busy engine is slow, not gone. */
const graceMs = 250;

/**
 * Calls `onSilent` once when nothing was heard for the idle limit, unless the probe finds a reason to wait longer. A
 * probe under way is waited for, so that it takes up to a second more when nothing answers it either.
 */
export function watchIdle({ idleTimeoutMs, probe, onSilent }: IdleWatchOptions): IdleWatch {
  const stepMs = Math.min(idleTimeoutMs / 4, longestStepMs);
  const stopped = new AbortController();
  let heardMs = Date.now();
  let tickedMs = heardMs;
  let allowedMs = idleTimeoutMs;
  let probing = false;
  const ask = async (): Promise<void> => {
    probing = true;
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(idleTimeoutMs / 2 + graceMs)]);
    const answerMs = await probe(signal).catch(() => idleTimeoutMs);
    if (answerMs === Number.POSITIVE_INFINITY) heardMs = Date.now();
    else allowedMs = Math.max(idleTimeoutMs, answerMs);
    probing = false;
  };
  const tick = (): void => {
    const nowMs = Date.now();
    // A process that was busy or asleep heard nothing because it didn't listen.
    if (nowMs - tickedMs > 2 * stepMs) heardMs = nowMs;
    tickedMs = nowMs;
    const silentMs = nowMs - heardMs;
    if (probing) return;
    if (silentMs >= allowedMs) {
      clearInterval(timer);
      stopped.abort();
      onSilent(silentMs);
    } else if (silentMs >= idleTimeoutMs / 2) void ask();
  };
  const timer = setInterval(tick, stepMs);
  return {
    touch: () => {
      heardMs = Date.now();
      allowedMs = idleTimeoutMs;
    },
    stop: () => {
      clearInterval(timer);
      stopped.abort();
    },
  };
}
