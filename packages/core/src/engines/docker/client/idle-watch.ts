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
  let heardMs = Date.now();
  let tickedMs = heardMs;
  let allowedMs = idleTimeoutMs;
  let probed: AbortController | undefined;
  const answer = (answerMs: number): void => {
    if (answerMs === Number.POSITIVE_INFINITY) heardMs = Date.now();
    else allowedMs = Math.max(idleTimeoutMs, answerMs);
  };
  const ask = (): void => {
    const asked = new AbortController();
    probed = asked;
    const settle = (answerMs: number): void => {
      if (asked.signal.aborted) return;
      asked.abort();
      probed = undefined;
      answer(answerMs);
    };
    const late = setTimeout(settle, idleTimeoutMs / 2 + graceMs, idleTimeoutMs);
    asked.signal.addEventListener('abort', () => clearTimeout(late), { once: true });
    probe(asked.signal).then(settle, () => settle(idleTimeoutMs));
  };
  const tick = (): void => {
    const nowMs = Date.now();
    // A process that was busy or asleep heard nothing because it didn't listen.
    if (nowMs - tickedMs > 2 * stepMs) heardMs = nowMs;
    tickedMs = nowMs;
    const silentMs = nowMs - heardMs;
    if (probed !== undefined) return;
    if (silentMs >= allowedMs) {
      clearInterval(timer);
      onSilent(silentMs);
    } else if (silentMs >= idleTimeoutMs / 2) ask();
  };
  const timer = setInterval(tick, stepMs);
  return {
    touch: () => {
      heardMs = Date.now();
      allowedMs = idleTimeoutMs;
    },
    stop: () => {
      clearInterval(timer);
      probed?.abort();
    },
  };
}
