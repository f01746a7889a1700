import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const secret = 'S3cr3t+/"value" é &0123';

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function hex(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const encodings: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['in base64', base64],
  ['in base64 after one byte', (text) => base64(`a${text}`).slice(2)],
  ['in base64 after two bytes', (text) => base64(`ab${text}`).slice(3)],
  ['in a URL', encodeURIComponent],
  ['in JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['in hex', hex],
  ['in upper-case hex', (text) => hex(text).toUpperCase()],
  ['in upper case', (text) => text.toUpperCase()],
  ['in lower case', (text) => text.toLowerCase()],
];

describe('createRedactor', () => {
  test.each(encodings)('hides a secret %s', (_, encode) => {
    const redactor = createRedactor();
    redactor.add(secret);
    const shown = redactor.redact(`before ${encode(secret)} after`);
    expect(shown).toContain('[redacted]');
    expect(shown).toMatch(/^before .* after$/u);
    expect(shown).not.toContain(encode(secret).slice(3, -3));
  });

  test('hides bytes as well as text', () => {
    const redactor = createRedactor();
    redactor.add(new TextEncoder().encode('token-123'));
    expect(redactor.redact('x token-123')).toBe('x [redacted]');
  });

  test('hides each line of a key', () => {
    const redactor = createRedactor();
    redactor.add('-----BEGIN KEY-----\r\nMIIEvAIBADANBgkq\r\nabcdefgh\n-----END KEY-----\n');
    expect(redactor.redact('cat: MIIEvAIBADANBgkq')).toBe('cat: [redacted]');
  });

  test('leaves text alone that holds no secret, and values that are too short to be one', () => {
    const redactor = createRedactor();
    redactor.add('abc');
    expect(redactor.redact('abc def')).toBe('abc def');
    expect(redactor.longest).toBe(0);
  });

  test('takes special characters for what they are', () => {
    const redactor = createRedactor();
    redactor.add('a.c*[x]$');
    expect(redactor.redact('abc a.c*[x]$ abcc')).toBe('abc [redacted] abcc');
  });

  test('hides a secret of 500 KB in reasonable time', () => {
    const redactor = createRedactor();
    let state = 1;
    const large = Array.from({ length: 500_000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return String.fromCharCode(97 + ((state % 8191) % 26));
    }).join('');
    const started = performance.now();
    redactor.add(large);
    expect(redactor.redact(large).replaceAll('[redacted]', '')).toBe('');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('hides any secret in any encoding', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 60 }),
        fc.constantFrom(...encodings.slice(0, 1), ...encodings.slice(4)),
        (value, [, encode]) => {
          fc.pre(value.trim() === value && !/[\r\n]/u.test(value) && !/redacted/iu.test(value));
          const redactor = createRedactor();
          redactor.add(value);
          expect(redactor.redact(`<${encode(value)}>`)).not.toContain(encode(value));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
