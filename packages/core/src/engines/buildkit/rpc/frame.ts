import { StagecraftError } from '../../../errors/stagecraft-error.ts';

const headerBytes = 5;
const defaultLimitBytes = 32 << 20;

/** One gRPC message on the wire: a flag, the length, the bytes. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(headerBytes + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, headerBytes);
  return framed;
}

/** Cuts a byte stream back into messages; chunks may break anywhere. */
export interface Deframer {
  /** The messages that `chunk` completed. */
  push(chunk: Uint8Array): Uint8Array[];
  /** Bytes held back of a message that isn't whole yet. */
  pendingBytes(): number;
}

export function createDeframer(limitBytes: number = defaultLimitBytes): Deframer {
  const chunks: Uint8Array[] = [];
  let available = 0;
  let wanted: number | undefined;

  const take = (length: number): Uint8Array => {
    available -= length;
    const first = chunks[0];
    if (first !== undefined && first.length >= length) {
      if (first.length === length) chunks.shift();
      else chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    const taken = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const chunk = chunks.shift() as Uint8Array;
      const part = chunk.subarray(0, length - filled);
      taken.set(part, filled);
      filled += part.length;
      if (part.length < chunk.length) chunks.unshift(chunk.subarray(part.length));
    }
    return taken;
  };

  return {
    push(chunk) {
      const messages: Uint8Array[] = [];
      if (chunk.length > 0) chunks.push(chunk);
      available += chunk.length;
      for (;;) {
        if (wanted === undefined) {
          if (available < headerBytes) return messages;
          wanted = messageLength(take(headerBytes), limitBytes);
        }
        if (available < wanted) return messages;
        messages.push(take(wanted));
        wanted = undefined;
      }
    },
    pendingBytes: () => available + (wanted === undefined ? 0 : headerBytes),
  };
}

function messageLength(header: Uint8Array, limitBytes: number): number {
  if (header[0] !== 0) {
    throw new StagecraftError(
      'engine-protocol',
      'The engine sent a compressed message, which nobody asked for.',
    );
  }
  const length = new DataView(header.buffer, header.byteOffset).getUint32(1);
  if (length > limitBytes) {
    throw new StagecraftError(
      'engine-protocol',
      `The engine announced a message of ${length} bytes, more than the limit of ${limitBytes}.`,
    );
  }
  return length;
}
