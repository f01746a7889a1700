import { describe, expect, test } from 'vitest';
import { createDeframer, frame } from './frame.ts';

const messages = ['', 'a', 'x'.repeat(70_000), 'end'].map((text) => Buffer.from(text));
const wire = Buffer.concat(messages.map(frame));

describe('createDeframer', () => {
  test.each([1, 2, 3, 4, 5, 6, 1000, wire.length])('finds every message in chunks of %i bytes', (size) => {
    const deframer = createDeframer();
    const found: string[] = [];
    for (let offset = 0; offset < wire.length; offset += size) {
      for (const message of deframer.push(wire.subarray(offset, offset + size)))
        found.push(Buffer.from(message).toString());
    }
    expect(found).toEqual(messages.map(String));
    expect(deframer.pendingBytes()).toBe(0);
  });

  test('knows that a message is not whole yet', () => {
    const deframer = createDeframer();
    expect(deframer.push(frame(Buffer.from('abc')).subarray(0, 6))).toEqual([]);
    expect(deframer.pendingBytes()).toBeGreaterThan(0);
  });

  test('knows that an announced message has not begun yet', () => {
    const deframer = createDeframer();
    deframer.push(frame(Buffer.from('abc')).subarray(0, 5));
    expect(deframer.pendingBytes()).toBe(5);
  });

  test('refuses a compressed message', () => {
    expect(() => createDeframer().push(Buffer.from([1, 0, 0, 0, 0]))).toThrow('compressed');
  });

  test('refuses a message over the limit before it comes', () => {
    expect(() => createDeframer(10).push(Buffer.from([0, 0, 0, 0, 11]))).toThrow('11 bytes');
  });

  test('takes a large message in small chunks in linear time', () => {
    const deframer = createDeframer(64 << 20);
    const large = frame(Buffer.alloc(24 << 20));
    const started = performance.now();
    let count = 0;
    for (let offset = 0; offset < large.length; offset += 1024)
      count += deframer.push(large.subarray(offset, offset + 1024)).length;
    expect(count).toBe(1);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
