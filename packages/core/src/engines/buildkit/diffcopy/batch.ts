import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { MessageStream } from '../rpc/message-stream.ts';

/** Collects small frames into one write: single writes are what costs time with many small files. */
export interface Batch {
  /** True once the batch holds enough bytes to be flushed. */
  add(framed: Buffer): boolean;
  /** Sends what is there, then lets other events be served. */
  flush(): Promise<void>;
}

export function createBatch(channel: MessageStream, enoughBytes: number): Batch {
  let frames: Buffer[] = [];
  let bytes = 0;
  return {
    add(framed) {
      frames.push(framed);
      bytes += framed.length;
      return bytes >= enoughBytes;
    },
    async flush() {
      if (frames.length === 0) return;
      const whole = frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames, bytes);
      frames = [];
      bytes = 0;
      await channel.write(whole);
      await yieldToEvents();
    },
  };
}
