import { Duplex } from 'node:stream';
import { decodeBytesMessage, encodeBytesMessage } from '../proto/bytes-message.ts';
import type { ClientCall } from './call.ts';

const largestMessageBytes = 1 << 20;

/** Makes a byte stream of a bidirectional call whose messages only wrap bytes. */
export function createTunnel(call: ClientCall): Duplex {
  let reading = false;
  const pump = async (duplex: Duplex): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      for (;;) {
        const message = await call.next();
        if (!duplex.push(message === undefined ? null : decodeBytesMessage(message))) break;
        if (message === undefined) break;
      }
    } catch (error) {
      duplex.destroy(error as Error);
    } finally {
      reading = false;
    }
  };
  return new Duplex({
    read() {
      void pump(this);
    },
    write(chunk: Buffer, _encoding, done) {
      send(call, [chunk]).then(() => done(), done);
    },
    writev(chunks, done) {
      send(
        call,
        chunks.map(({ chunk }) => chunk as Buffer),
      ).then(() => done(), done);
    },
    final(done) {
      call.end();
      done();
    },
    destroy(error, done) {
      call.cancel();
      done(error);
    },
  });
}

// Many small HTTP/2 frames come at once; one message for all of them halves the cost of the nesting.
async function send(call: ClientCall, chunks: readonly Buffer[]): Promise<void> {
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  for (let offset = 0; offset < bytes.length; offset += largestMessageBytes) {
    await call.write(encodeBytesMessage(bytes.subarray(offset, offset + largestMessageBytes)));
  }
}
