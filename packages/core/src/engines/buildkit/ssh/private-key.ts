import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readOpensshKey } from './openssh-key.ts';
import { wireBytes, wireInteger } from './wire.ts';

/** A private key that can sign for an agent. */
export interface AgentKey {
  /** For example `ssh-ed25519`. */
  readonly type: string;
  /** The public key as ssh sends it. */
  readonly publicBlob: Buffer;
  readonly key: KeyObject;
  readonly comment: string;
}

/** Reads a private key in OpenSSH, PKCS#1, PKCS#8 or SEC1 form. Throws an Error that says why it can't be used. */
export function readPrivateKey(text: string): AgentKey {
  if (text.includes('BEGIN OPENSSH PRIVATE KEY')) {
    const { jwk, comment } = readOpensshKey(text);
    return fromJwk(createPrivateKey({ key: jwk, format: 'jwk' }), comment);
  }
  if (/ENCRYPTED/u.test(text)) throw new Error('it is protected by a passphrase');
  return fromJwk(createPrivateKey(text), '');
}

const curves: Readonly<Record<string, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
};

function fromJwk(key: KeyObject, comment: string): AgentKey {
  const jwk = key.export({ format: 'jwk' });
  const field = (name: keyof JsonWebKey): Buffer => Buffer.from(String(jwk[name]), 'base64url');
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') {
    return { type: 'ssh-ed25519', key, comment, publicBlob: blob('ssh-ed25519', wireBytes(field('x'))) };
  }
  if (jwk.kty === 'RSA') {
    const parts = [wireInteger(field('e')), wireInteger(field('n'))];
    return { type: 'ssh-rsa', key, comment, publicBlob: blob('ssh-rsa', ...parts) };
  }
  const curve = curves[jwk.crv ?? ''];
  if (jwk.kty !== 'EC' || curve === undefined) throw new Error('its kind is not supported');
  const point = Buffer.concat([Buffer.from([4]), field('x'), field('y')]);
  const type = `ecdsa-sha2-${curve}`;
  return { type, key, comment, publicBlob: blob(type, wireBytes(curve), wireBytes(point)) };
}

function blob(type: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([wireBytes(type), ...parts]);
}
