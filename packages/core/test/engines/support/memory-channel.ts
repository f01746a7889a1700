import { createDeframer } from '../../../src/engines/buildkit/rpc/frame.ts';
import type { MessageStream } from '../../../src/engines/buildkit/rpc/message-stream.ts';

export interface MemoryChannel extends MessageStream {
  /** Says that this side has nothing more to say. */
  end(): void;
}

/** Two ends of a channel of whole messages, without any transport. */
export function memoryChannels(): readonly [MemoryChannel, MemoryChannel] {
  const left = createEnd();
  const right = createEnd();
  return [connectEnds(left, right), connectEnds(right, left)];
}

interface End {
  readonly queue: (Uint8Array | undefined)[];
  wake: () => void;
}

function createEnd(): End {
  return { queue: [], wake: () => {} };
}

function connectEnds(own: End, other: End): MemoryChannel {
  const deframer = createDeframer();
  const deliver = (messages: readonly (Uint8Array | undefined)[]): void => {
    other.queue.push(...messages);
    other.wake();
  };
  return {
    async next() {
      while (own.queue.length === 0) {
        await new Promise<void>((resolve) => {
          own.wake = resolve;
        });
      }
      return own.queue.shift();
    },
    async write(frames) {
      deliver(deframer.push(frames));
    },
    end: () => deliver([undefined]),
  };
}
