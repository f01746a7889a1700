import { describe, expect, test } from 'vitest';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { jsonLines } from './json-lines.ts';

async function read(bytes: Uint8Array, size: number): Promise<readonly unknown[]> {
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
  }
  const values: unknown[] = [];
  for await (const value of jsonLines(chunks())) values.push(value);
  return values;
}

describe('JSON lines', () => {
  test('are whole wherever the chunks end, also inside a character', async () => {
    const bytes = Buffer.from('{"stream":"漢字é🐳"}\r\n\n{"stream":"two"}\n{"stream":"no newline"}');
    for (let size = 1; size <= bytes.length; size += 1) {
      expect(await read(bytes, size)).toEqual([
        { stream: '漢字é🐳' },
        { stream: 'two' },
        { stream: 'no newline' },
      ]);
    }
  });

  test.each([['<html>'], ['{"stream":'], ['null x']])('%s is no message', async (text) => {
    const reading = read(Buffer.from(`{"a":1}\n${text}\n`), 7);
    await expect(reading).rejects.toThrow(StagecraftError);
    await expect(reading).rejects.toMatchObject({ code: 'engine-protocol' });
  });

  test('one line of 24 MB takes linear time', async () => {
    const bytes = Buffer.from(`{"stream":"${'x'.repeat(24_000_000)}"}\n`);
    const startedMs = performance.now();
    const [value] = await read(bytes, 16_384);
    const durationMs = performance.now() - startedMs;
    console.log(`24 MB line: ${Math.round(durationMs)} ms`);
    expect((value as { stream: string }).stream.length).toBe(24_000_000);
    expect(durationMs).toBeLessThan(1500);
  });

  test('a line that never ends is refused before it fills the memory', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x61);
    async function* endless(): AsyncIterable<Uint8Array> {
      for (;;) yield chunk;
    }
    const reading = jsonLines(endless())[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({ code: 'engine-protocol' });
  });
});
