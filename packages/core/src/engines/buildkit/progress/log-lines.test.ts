import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../build/redactor.ts';
import { createLineAssembler, type LineAssembler } from './log-lines.ts';

function assemble(secret?: string): LineAssembler {
  const redactor = createRedactor();
  if (secret !== undefined) redactor.add(secret);
  return createLineAssembler({ redact: redactor.redact, holdBack: () => redactor.longest });
}

function inChunks(bytes: Buffer, size: number, secret?: string): readonly string[] {
  const lines = assemble(secret);
  const found: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += size)
    found.push(...lines.push(bytes.subarray(offset, offset + size)));
  return [...found, ...lines.end()];
}

describe('createLineAssembler', () => {
  const text = '漢字 é 😀\n\nsecond\r\nlast without newline';

  test.each([1, 2, 3, 5, 7, 1000])('gives the same lines for chunks of %i bytes', (size) => {
    expect(inChunks(Buffer.from(text), size)).toEqual(['漢字 é 😀', '', 'second', 'last without newline']);
  });

  test('finds a secret however it is cut', () => {
    const secret = 'the-secret-value';
    const line = Buffer.from(`before ${secret} after\n`);
    for (let size = 1; size <= line.length; size += 1) {
      expect(inChunks(line, size, secret).join(''), String(size)).toBe('before [redacted] after');
    }
  });

  test('hands a line on that has no end, and still finds a secret at every cut', () => {
    const secret = 'the-secret-value';
    const filler = 'x'.repeat(65_500);
    for (let shift = 0; shift < 60; shift += 1) {
      const line = Buffer.from(`${filler}${'y'.repeat(shift)}${secret}${'z'.repeat(70_000)}`);
      const shown = inChunks(line, 4096, secret).join('');
      expect(shown).not.toContain(secret);
      expect(shown).toContain('[redacted]');
    }
  });

  test('takes a line of 24 MB in linear time', () => {
    const started = performance.now();
    const lines = inChunks(Buffer.alloc(24 << 20, 'x'), 32 * 1024);
    expect(lines.join('').length).toBe(24 << 20);
    expect(performance.now() - started).toBeLessThan(1500);
  });

  test('shows bytes that are no UTF-8 as unknown characters', () => {
    expect(inChunks(Buffer.from([0x61, 0xff, 0x62, 0x0a]), 1)).toEqual(['a\ufffdb']);
  });
});
