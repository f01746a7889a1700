/** Bytes a varint takes. `value` must be a whole number from 0 to 2^53. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length += 1;
  return length;
}

/** Writes `value` at `offset` and returns the offset after it. */
export function writeVarint(target: Uint8Array, offset: number, value: number): number {
  let rest = value;
  let position = offset;
  while (rest >= 0x80) {
    target[position++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  target[position++] = rest;
  return position;
}

/** A position in a message that is being read. */
export interface Cursor {
  readonly bytes: Uint8Array;
  offset: number;
}

/** Reads an unsigned varint exactly up to 2^53; throws at the end of the bytes. */
export function readVarint(cursor: Cursor): number {
  let value = 0;
  let factor = 1;
  for (let count = 0; count < 10; count += 1) {
    const byte = cursor.bytes[cursor.offset++];
    if (byte === undefined) throw new Error('The message ends inside a number.');
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 0x80;
  }
  throw new Error('The message holds a number that is too long.');
}

/** Reads a varint without losing precision; a negative number comes back negative. */
export function readBigVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.offset++];
    if (byte === undefined) throw new Error('The message ends inside a number.');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, value);
  }
  throw new Error('The message holds a number that is too long.');
}

/** Reads length-prefixed bytes as a view. */
export function readBytes(cursor: Cursor): Uint8Array {
  const length = readVarint(cursor);
  const end = cursor.offset + length;
  if (end > cursor.bytes.length) throw new Error('The message ends inside a field.');
  const bytes = cursor.bytes.subarray(cursor.offset, end);
  cursor.offset = end;
  return bytes;
}

/** Steps over a field that isn't known. */
export function skipField(cursor: Cursor, wireType: number): void {
  if (wireType === 0) readBigVarint(cursor);
  else if (wireType === 1) cursor.offset += 8;
  else if (wireType === 2) readBytes(cursor);
  else if (wireType === 5) cursor.offset += 4;
  else throw new Error(`The message holds a field of the unknown wire type ${wireType}.`);
}
