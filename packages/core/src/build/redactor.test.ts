import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const canary = 'c4n4ry/+ ünï"q\\uote~';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (text: string): string => btoa(String.fromCharCode(...bytes(text)));
const hex = (text: string): string =>
  Array.from(bytes(text), (byte) => byte.toString(16).padStart(2, '0')).join('');

const base64Url = (text: string): string => base64(text).replaceAll('+', '-').replaceAll('/', '_');

/** Every way a program may print the canary, with what is still readable of it marked by a piece that must be gone. */
const printed: readonly (readonly [string, string, string])[] = [
  ['as it is', canary, canary],
  ['in capitals', canary.toUpperCase(), canary.toUpperCase()],
  ['in small letters', canary.toLowerCase(), canary.toLowerCase()],
  ['as JSON', JSON.stringify({ token: canary }), JSON.stringify(canary).slice(1, -1)],
  ['in a URL', `https://x/?t=${encodeURIComponent(canary)}`, encodeURIComponent(canary)],
  ['in hexadecimal', hex(canary), hex(canary)],
  ['in base64', base64(canary), base64(canary).slice(0, 20)],
  ['in base64 after one byte', base64(`:${canary}`), base64(`:${canary}`).slice(4, 24)],
  ['in base64 after two bytes', base64(`x:${canary}`), base64(`x:${canary}`).slice(4, 24)],
  ['in base64 for URLs', base64Url(canary), base64Url(canary).slice(0, 20)],
];

describe('redactor', () => {
  test.each(printed)('hides a secret printed %s', (_how, text, gone) => {
    const redactor = createRedactor();
    redactor.add(canary);
    const shown = redactor.redact(`before ${text} after`);
    expect(shown).toContain('[redacted]');
    expect(shown).not.toContain(gone);
    expect(shown.startsWith('before ')).toBe(true);
    expect(shown.endsWith(' after')).toBe(true);
  });

  test('finds every canary in 1,000 of them in 8 encodings', () => {
    let hidden = 0;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite', minLength: 8, maxLength: 60 }), (secret) => {
        fc.pre(secret.trim().length >= 8);
        const redactor = createRedactor();
        redactor.add(secret);
        const value = secret.trim();
        const forms = [value, value.toUpperCase(), value.toLowerCase(), JSON.stringify(value).slice(1, -1)];
        for (const form of [...forms, encodeURIComponent(value), hex(value)]) {
          expect(redactor.redact(`<${form}>`).replaceAll('[redacted]', '')).not.toContain(form);
          hidden += 1;
        }
        for (const lead of ['', 'a', 'ab']) {
          const text = base64(lead + value);
          expect(redactor.redact(text)).toContain('[redacted]');
          hidden += 1;
        }
      }),
      { numRuns: 1000 },
    );
    console.log(`${hidden} printed secrets, all hidden`);
  });

  test('hides the lines of a key one by one, and base64 that a program wraps', () => {
    const bits = (seed: number): number =>
      Math.imul(seed ^ (seed >>> 15), Math.imul(seed | 1, 0x2c1b3c6d)) >>> 8;
    const noise = (row: number): string =>
      Array.from({ length: 64 }, (_, column) => (bits(1e6 + row * 64 + column) % 36).toString(36)).join('');
    const key = Array.from({ length: 20 }, (_, row) => noise(row)).join('\n');
    const redactor = createRedactor();
    redactor.add(`${key}\n`);
    for (const line of key.split('\n')) expect(redactor.redact(line)).toBe('[redacted]');
    // What may be left are the characters that stand for a line end at an edge.
    for (const line of base64(key).match(/.{76}/gu) ?? []) {
      const left = redactor.redact(line).split('[redacted]');
      expect(Math.max(...left.map((piece) => piece.length))).toBeLessThan(6);
    }
  });

  test('leaves everything else alone', () => {
    const redactor = createRedactor();
    redactor.add('registry=https://registry.example/\n//registry.example/:_authToken=abcdefgh');
    redactor.add('abc');
    const text = 'GET https://registry.example/pkg abc';
    expect(redactor.redact(text)).toBe(text);
  });

  test.each([1000, 50_000, 500_000])('takes a binary or text secret of %i bytes in time', (length) => {
    const binary = Uint8Array.from({ length }, (_, index) => (index * 7919) % 251);
    const lines = Array.from({ length: length / 20 }, (_, index) => `line-${index}`.padEnd(19, 'x')).join(
      '\n',
    );
    for (const secret of [binary, lines]) {
      const redactor = createRedactor();
      const startedMs = performance.now();
      redactor.add(secret);
      redactor.redact('an ordinary line of output\n'.repeat(20_000));
      expect(performance.now() - startedMs).toBeLessThan(3000);
    }
  });
});
