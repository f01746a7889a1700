import {
  type Cursor,
  readBigVarint,
  readBytes,
  readVarint,
  skipField,
  varintLength,
  writeVarint,
} from './varint.ts';

/** What a file-transfer packet is about; the numbers are the wire format. */
export const packetType = { stat: 0, request: 1, data: 2, finish: 3, error: 4 } as const;

/** A file's attributes as the engine compares them. */
export interface FileStat {
  readonly path: string;
  /** Go's file mode, not POSIX's: see `toGoMode`. */
  readonly mode: number;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  /** Target of a symbolic link, or the earlier path of a hard link. */
  readonly linkName: string;
}

export interface Packet {
  readonly type: number;
  readonly id: number;
  readonly stat?: FileStat;
  readonly data: Uint8Array;
}

const frameHeaderBytes = 5;
const noData = new Uint8Array(0);

/** The packet after the last entry. */
export function encodeEndOfStats(): Buffer {
  return Buffer.alloc(frameHeaderBytes);
}

/** A framed STAT packet. By hand, since a context has tens of thousands of them. */
export function encodeStat(stat: FileStat): Buffer {
  const pathBytes = Buffer.byteLength(stat.path);
  const linkBytes = Buffer.byteLength(stat.linkName);
  const mtime = BigInt.asUintN(64, stat.mtimeNs);
  let statBytes = 0;
  if (pathBytes > 0) statBytes += 1 + varintLength(pathBytes) + pathBytes;
  if (stat.mode > 0) statBytes += 1 + varintLength(stat.mode);
  if (stat.sizeBytes > 0) statBytes += 1 + varintLength(stat.sizeBytes);
  if (mtime > 0n) statBytes += 1 + bigVarintLength(mtime);
  if (linkBytes > 0) statBytes += 1 + varintLength(linkBytes) + linkBytes;
  const messageBytes = 1 + varintLength(statBytes) + statBytes;

  const framed = Buffer.allocUnsafe(frameHeaderBytes + messageBytes);
  framed[0] = 0;
  framed.writeUInt32BE(messageBytes, 1);
  let offset = writeField(framed, frameHeaderBytes, 0x12, statBytes);
  if (pathBytes > 0) {
    offset = writeField(framed, offset, 0x0a, pathBytes);
    offset += framed.write(stat.path, offset);
  }
  if (stat.mode > 0) offset = writeField(framed, offset, 0x10, stat.mode);
  if (stat.sizeBytes > 0) offset = writeField(framed, offset, 0x28, stat.sizeBytes);
  if (mtime > 0n) {
    framed[offset] = 0x30;
    offset = writeBigVarint(framed, offset + 1, mtime);
  }
  if (linkBytes > 0) {
    offset = writeField(framed, offset, 0x3a, linkBytes);
    framed.write(stat.linkName, offset);
  }
  return framed;
}

/** A framed packet without a stat: REQUEST, DATA (empty data ends a file), FINISH, ERROR. */
export function encodePacket(type: number, id: number, data: Uint8Array = noData): Buffer {
  let length = type > 0 ? 2 : 0;
  if (id > 0) length += 1 + varintLength(id);
  if (data.length > 0) length += 1 + varintLength(data.length) + data.length;
  const framed = Buffer.allocUnsafe(frameHeaderBytes + length);
  framed[0] = 0;
  framed.writeUInt32BE(length, 1);
  let offset = frameHeaderBytes;
  if (type > 0) offset = writeField(framed, offset, 0x08, type);
  if (id > 0) offset = writeField(framed, offset, 0x18, id);
  if (data.length > 0) {
    offset = writeField(framed, offset, 0x22, data.length);
    framed.set(data, offset);
  }
  return framed;
}

export function decodePacket(message: Uint8Array): Packet {
  const cursor: Cursor = { bytes: message, offset: 0 };
  let type = 0;
  let id = 0;
  let stat: FileStat | undefined;
  let data: Uint8Array = noData;
  while (cursor.offset < message.length) {
    const tag = readVarint(cursor);
    if (tag === 0x08) type = readVarint(cursor);
    else if (tag === 0x12) stat = decodeStat(readBytes(cursor));
    else if (tag === 0x18) id = readVarint(cursor);
    else if (tag === 0x22) data = readBytes(cursor);
    else skipField(cursor, tag & 7);
  }
  return stat === undefined ? { type, id, data } : { type, id, data, stat };
}

function decodeStat(bytes: Uint8Array): FileStat {
  const cursor: Cursor = { bytes, offset: 0 };
  const stat = { path: '', mode: 0, sizeBytes: 0, mtimeNs: 0n, linkName: '' };
  while (cursor.offset < bytes.length) {
    const tag = readVarint(cursor);
    if (tag === 0x0a) stat.path = decodeText(readBytes(cursor));
    else if (tag === 0x10) stat.mode = readVarint(cursor);
    else if (tag === 0x28) stat.sizeBytes = readVarint(cursor);
    else if (tag === 0x30) stat.mtimeNs = readBigVarint(cursor);
    else if (tag === 0x3a) stat.linkName = decodeText(readBytes(cursor));
    else skipField(cursor, tag & 7);
  }
  return stat;
}

function decodeText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function writeField(target: Uint8Array, offset: number, tag: number, value: number): number {
  target[offset] = tag;
  return writeVarint(target, offset + 1, value);
}

function bigVarintLength(value: bigint): number {
  const high = Number(value >> 49n);
  return high === 0 ? varintLength(Number(value)) : 7 + varintLength(high);
}

// A modification time needs more than 53 bits; two halves are several times faster than a loop of big integers.
function writeBigVarint(target: Uint8Array, offset: number, value: bigint): number {
  const high = Number(value >> 49n);
  if (high === 0) return writeVarint(target, offset, Number(value));
  let low = Number(BigInt.asUintN(49, value));
  let position = offset;
  for (let count = 0; count < 7; count += 1) {
    target[position++] = (low % 0x80) | 0x80;
    low = Math.floor(low / 0x80);
  }
  return writeVarint(target, position, high);
}
