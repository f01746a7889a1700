/** Reads the length-prefixed fields of ssh's wire format. */
export interface WireReader {
  readonly done: boolean;
  uint32(): number;
  bytes(): Buffer;
  text(): string;
}

export function createWireReader(source: Uint8Array): WireReader {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.length);
  let offset = 0;
  const uint32 = (): number => {
    const value = buffer.readUInt32BE(offset);
    offset += 4;
    return value;
  };
  const bytes = (): Buffer => {
    const length = uint32();
    if (offset + length > buffer.length) throw new RangeError('The data ends inside a field.');
    offset += length;
    return buffer.subarray(offset - length, offset);
  };
  return {
    get done(): boolean {
      return offset >= buffer.length;
    },
    uint32,
    bytes,
    text: () => bytes().toString('utf8'),
  };
}

export function wireUint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

export function wireBytes(value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value as Uint8Array);
  return Buffer.concat([wireUint32(bytes.length), bytes]);
}

/** A positive whole number: without leading zeros, but with one where the first bit is set. */
export function wireInteger(value: Uint8Array): Buffer {
  const start = value.findIndex((byte) => byte !== 0);
  const bytes = start < 0 ? value.subarray(value.length) : value.subarray(start);
  const first = bytes[0] ?? 0;
  return wireBytes(first >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}
