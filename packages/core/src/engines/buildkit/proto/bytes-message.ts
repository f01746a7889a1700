import { readBytes, readVarint, skipField, varintLength, writeVarint } from './varint.ts';

const frameHeaderBytes = 5;
const dataTag = 0x0a;

/** A framed `BytesMessage`, made by hand since all session traffic and exported images pass through it. */
export function encodeBytesMessage(data: Uint8Array): Buffer {
  const length = data.length === 0 ? 0 : 1 + varintLength(data.length) + data.length;
  const framed = Buffer.allocUnsafe(frameHeaderBytes + length);
  framed[0] = 0;
  framed.writeUInt32BE(length, 1);
  if (length === 0) return framed;
  framed[frameHeaderBytes] = dataTag;
  const offset = writeVarint(framed, frameHeaderBytes + 1, data.length);
  framed.set(data, offset);
  return framed;
}

/** The data of a `BytesMessage`, as a view of `message`. */
export function decodeBytesMessage(message: Uint8Array): Uint8Array {
  const cursor = { bytes: message, offset: 0 };
  let data: Uint8Array = message.subarray(0, 0);
  while (cursor.offset < message.length) {
    const tag = readVarint(cursor);
    if (tag === dataTag) data = readBytes(cursor);
    else skipField(cursor, tag & 7);
  }
  return data;
}
