import { randomBytes } from 'node:crypto';

/** A value nobody else has, with characters that every encoding treats in its own way. */
export function canary(): string {
  return `Canary+${randomBytes(9).toString('base64url')}/"é &${randomBytes(6).toString('hex')}`;
}

/** The value as it is, and in the encodings in which secrets usually escape. */
export function canaryForms(value: string): readonly string[] {
  const inner = JSON.stringify(value).slice(1, -1);
  return [
    value,
    ...[0, 1, 2].map((offset) => coreOfBase64(value, offset)),
    encodeURIComponent(value),
    inner,
    Buffer.from(value).toString('hex'),
    Buffer.from(value).toString('hex').toUpperCase(),
    value.toUpperCase(),
    value.toLowerCase(),
  ];
}

/** The part of the base64 text that is the same whatever stands before and after the value. */
function coreOfBase64(value: string, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)])
    .toString('base64')
    .replace(/=+$/u, '');
  const end = (Buffer.byteLength(value) + offset) % 3 === 0 ? encoded.length : encoded.length - 1;
  return encoded.slice(offset === 0 ? 0 : offset + 1, end);
}
