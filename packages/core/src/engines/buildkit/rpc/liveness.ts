import type { Http2Session } from 'node:http2';

const ticksPerTimeout = 4;

/** Notices a peer that went silent without closing. */
export interface Liveness {
  /** Tells that the peer was heard. */
  touch(): void;
  stop(): void;
}

/**
 * Calls `onSilent` once nothing was heard for `idleTimeoutMs`, a ping included that is sent halfway.
 *
 * Silence is counted in timer ticks, not read off the clock: after a blocked event loop the peer gets its full time.
 */
export function watchLiveness(session: Http2Session, idleTimeoutMs: number, onSilent: () => void): Liveness {
  let silentTicks = 0;
  const touch = (): void => {
    silentTicks = 0;
  };
  const timer = setInterval(() => {
    silentTicks += 1;
    if (silentTicks >= ticksPerTimeout) {
      clearInterval(timer);
      onSilent();
    } else if (silentTicks === ticksPerTimeout / 2 && !session.destroyed && !session.closed) {
      // Some servers count pings against a client, so a peer that talks on its own is never pinged.
      session.ping((error) => {
        if (!error) touch();
      });
    }
  }, idleTimeoutMs / ticksPerTimeout);
  return { touch, stop: () => clearInterval(timer) };
}
