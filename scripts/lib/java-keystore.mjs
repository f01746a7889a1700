// Java's list of trusted certificates, in the JKS format. Debian's own tool writes the time of day into it.
import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { downloadPackages } from './debian.mjs';
import { run } from './run.mjs';

const password = 'changeit';

/**
 * Writes a key store that trusts what Debian's ca-certificates package does.
 * @param {import('./debian.mjs').AptRoot} root
 * @param {string} directory A directory to work in.
 * @param {string} path
 */
export async function writeKeystore(root, directory, path) {
  const [deb] = await downloadPackages(root, ['ca-certificates']);
  const unpacked = join(directory, 'ca-certificates');
  await run('dpkg-deb', ['--extract', String(deb), unpacked]);
  const folder = join(unpacked, 'usr/share/ca-certificates/mozilla');
  const certificates = readdirSync(folder)
    .sort()
    .map((name) => ({
      alias: `debian:${name.toLowerCase()}`,
      der: new X509Certificate(readFileSync(join(folder, name))).raw,
    }));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, encodeKeystore(certificates, root.epochSeconds * 1000));
}

/**
 * @param {readonly { alias: string, der: Buffer }[]} certificates
 * @param {number} dateMs
 * @returns {Buffer}
 */
export function encodeKeystore(certificates, dateMs) {
  const body = Buffer.concat([
    uint32(0xfeedfeed),
    uint32(2),
    uint32(certificates.length),
    ...certificates.flatMap(({ alias, der }) => [
      uint32(2),
      shortText(alias),
      uint64(dateMs),
      shortText('X.509'),
      uint32(der.length),
      der,
    ]),
  ]);
  // The format signs itself with the password, in UTF-16 big-endian, and a fixed phrase.
  const secret = Buffer.from(password, 'utf16le').swap16();
  const signature = createHash('sha1').update(secret).update('Mighty Aphrodite').update(body).digest();
  return Buffer.concat([body, signature]);
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** @param {number} value */
function uint64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** @param {string} text */
function shortText(text) {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
