/**
 * File names are bytes, not text. Inside this room a path is a byte string: every character stands for one
 * byte, so comparing two of them is comparing bytes, and a name that is not UTF-8 survives untouched.
 */
export type ByteString = string;

const nonAscii = /[\u0080-\u00ff]/u;

export function toByteString(text: string): ByteString {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The text a byte string stands for; bytes that are not UTF-8 become U+FFFD. */
export function toText(bytes: ByteString): string {
  return nonAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

/** Whether the bytes are well-formed UTF-8, so that text can stand for them. */
export function isUtf8(bytes: ByteString): boolean {
  if (!nonAscii.test(bytes)) return true;
  const buffer = Buffer.from(bytes, 'latin1');
  return Buffer.compare(buffer, Buffer.from(buffer.toString('utf8'), 'utf8')) === 0;
}

/** What `node:fs` must be given to mean exactly these bytes. */
export function toFilePath(bytes: ByteString): string | Buffer {
  return nonAscii.test(bytes) ? Buffer.from(bytes, 'latin1') : bytes;
}

export function compareBytes(left: ByteString, right: ByteString): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
