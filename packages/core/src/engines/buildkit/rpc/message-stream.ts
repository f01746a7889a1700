import type { Http2Stream } from 'node:http2';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { createDeframer } from './frame.ts';

const highWaterBytes = 1 << 20;

/** Whole messages in both directions of one HTTP/2 stream. */
export interface MessageStream {
  /** The next message, or undefined after the peer's last. Rejects with `connection-lost` when the stream broke. */
  next(): Promise<Uint8Array | undefined>;
  /** Sends frames; resolves when the peer is ready for more. Rejects when the stream is gone. */
  write(frames: Uint8Array): Promise<void>;
}

interface Waiter {
  resolve(message: Uint8Array | undefined): void;
  reject(error: unknown): void;
}

/** Attaches to `stream` at once: a message that arrives before the first `next()` is kept. */
export function createMessageStream(stream: Http2Stream, onActivity: () => void = () => {}): MessageStream {
  const deframer = createDeframer();
  const queue: Uint8Array[] = [];
  const waiters: Waiter[] = [];
  let queuedBytes = 0;
  let ended = false;
  let failure: unknown;

  const settle = (): void => {
    if (!ended && failure === undefined) return;
    for (const waiter of waiters.splice(0)) {
      if (failure === undefined) waiter.resolve(undefined);
      else waiter.reject(failure);
    }
  };
  const fail = (error: unknown): void => {
    if (ended || failure !== undefined) return;
    failure = error;
    settle();
  };

  stream.on('data', (chunk: Buffer) => {
    onActivity();
    try {
      for (const message of deframer.push(chunk)) {
        const waiter = waiters.shift();
        if (waiter !== undefined) waiter.resolve(message);
        else {
          queue.push(message);
          queuedBytes += message.length;
        }
      }
    } catch (error) {
      fail(error);
      stream.close();
      return;
    }
    if (queuedBytes > highWaterBytes) stream.pause();
  });
  stream.on('end', () => {
    if (deframer.pendingBytes() > 0) fail(lost('in the middle of a message'));
    // A reset also ends the readable side; only a clean end means that the peer said everything.
    else if (stream.rstCode === 0) ended = true;
    settle();
  });
  stream.on('close', () => fail(lost('before it was finished')));
  stream.on('error', () => {});

  return {
    next() {
      const message = queue.shift();
      if (message !== undefined) {
        queuedBytes -= message.length;
        if (stream.isPaused() && queuedBytes < highWaterBytes / 2) stream.resume();
        return Promise.resolve(message);
      }
      if (failure !== undefined) return Promise.reject(failure);
      if (ended) return Promise.resolve(undefined);
      return new Promise((resolve, reject) => waiters.push({ resolve, reject }));
    },
    write(frames) {
      if (stream.destroyed || stream.closed || stream.writableEnded)
        return Promise.reject(lost('while sending'));
      if (stream.write(frames)) return Promise.resolve();
      return drained(stream);
    },
  };
}

function drained(stream: Http2Stream): Promise<void> {
  return new Promise((resolve, reject) => {
    const onDrain = (): void => {
      stream.off('close', onClose);
      resolve();
    };
    const onClose = (): void => {
      stream.off('drain', onDrain);
      reject(lost('while sending'));
    };
    stream.once('drain', onDrain);
    stream.once('close', onClose);
  });
}

function lost(when: string): StagecraftError {
  return new StagecraftError('connection-lost', `The engine closed a stream ${when}.`);
}
