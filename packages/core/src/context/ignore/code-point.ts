import type { ByteString } from '../bytes.ts';

const replacement = 0xfffd;

/** Bytes of the sequence that starts with this byte; 1 for bytes that start none. */
function lengthOf(first: number): number {
  if (first < 0xc2) return 1;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 1;
}

/** The code point at `index`, U+FFFD where the bytes are not UTF-8, and how many bytes it takes, as Go decodes. */
export function decodeAt(bytes: ByteString, index: number): { codePoint: number; size: number } {
  const first = bytes.charCodeAt(index);
  if (first < 0x80) return { codePoint: first, size: 1 };
  const size = lengthOf(first);
  if (size === 1 || index + size > bytes.length) return { codePoint: replacement, size: 1 };
  let codePoint = first & (0xff >> (size + 1));
  for (let offset = 1; offset < size; offset += 1) {
    const next = bytes.charCodeAt(index + offset);
    if ((next & 0xc0) !== 0x80) return { codePoint: replacement, size: 1 };
    codePoint = (codePoint << 6) | (next & 0x3f);
  }
  return isScalar(codePoint, size) ? { codePoint, size } : { codePoint: replacement, size: 1 };
}

function isScalar(codePoint: number, size: number): boolean {
  if (codePoint >= 0xd800 && codePoint < 0xe000) return false;
  if (size === 3) return codePoint >= 0x800;
  return size === 2 || (codePoint >= 0x10000 && codePoint <= 0x10ffff);
}

/** All code points of a byte string. */
export function decodeAll(bytes: ByteString): number[] {
  const codePoints: number[] = [];
  for (let index = 0; index < bytes.length; ) {
    const { codePoint, size } = decodeAt(bytes, index);
    codePoints.push(codePoint);
    index += size;
  }
  return codePoints;
}
