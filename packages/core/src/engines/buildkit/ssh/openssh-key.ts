import type { JsonWebKey } from 'node:crypto';
import { createWireReader, type WireReader } from './wire.ts';

const magic = 'openssh-key-v1\0';

const curves: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  'ecdsa-sha2-nistp256': { name: 'P-256', bytes: 32 },
  'ecdsa-sha2-nistp384': { name: 'P-384', bytes: 48 },
  'ecdsa-sha2-nistp521': { name: 'P-521', bytes: 66 },
};

/** Takes a key out of OpenSSH's own file format, which Node doesn't read. */
export function readOpensshKey(text: string): { readonly jwk: JsonWebKey; readonly comment: string } {
  const data = Buffer.from(text.replace(/-----[^-]+-----/gu, ''), 'base64');
  if (data.subarray(0, magic.length).toString('latin1') !== magic) throw new Error('it is damaged');
  const outer = createWireReader(data.subarray(magic.length));
  const cipher = outer.text();
  outer.text();
  outer.bytes();
  if (cipher !== 'none') throw new Error('it is protected by a passphrase');
  if (outer.uint32() !== 1) throw new Error('it holds more than one key');
  outer.bytes();
  const inner = createWireReader(outer.bytes());
  const check = inner.uint32();
  if (inner.uint32() !== check) throw new Error('it is damaged');
  const type = inner.text();
  const jwk = readFields(type, inner);
  return { jwk, comment: inner.text() };
}

function readFields(type: string, reader: WireReader): JsonWebKey {
  if (type === 'ssh-ed25519') {
    const publicKey = reader.bytes();
    const seed = reader.bytes().subarray(0, 32);
    return { kty: 'OKP', crv: 'Ed25519', x: encode(publicKey), d: encode(seed) };
  }
  if (type === 'ssh-rsa') return readRsa(reader);
  const curve = curves[type];
  if (curve === undefined) throw new Error(`its kind "${type}" is not supported`);
  reader.text();
  const point = reader.bytes();
  // The number comes without leading zeros, or with one too many.
  const d = Buffer.concat([Buffer.alloc(curve.bytes), reader.bytes()]).subarray(-curve.bytes);
  const x = point.subarray(1, 1 + curve.bytes);
  const y = point.subarray(1 + curve.bytes);
  return { kty: 'EC', crv: curve.name, x: encode(x), y: encode(y), d: encode(d) };
}

function readRsa(reader: WireReader): JsonWebKey {
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => toBigInt(reader.bytes())) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const fields = { n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi };
  const encoded = Object.entries(fields).map(([name, value]) => [name, encode(fromBigInt(value))]);
  return { kty: 'RSA', ...Object.fromEntries(encoded) };
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
}

function fromBigInt(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
