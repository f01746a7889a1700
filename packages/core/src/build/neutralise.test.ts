import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogLines } from './log-lines.ts';
import { neutralise } from './neutralise.ts';

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '0',
      ';',
      'm',
      '\u0007',
      '\u009b',
      '\r',
      '\n',
      '\t',
      '\\',
      'P',
      '\u007f',
    ),
    fc.integer({ min: 0, max: 0x9f }).map((code) => String.fromCharCode(code)),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
  ),
});

describe('neutralise', () => {
  test('leaves no control character but newline and tab', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const codes = [...neutralise(text)].map((character) => character.codePointAt(0) ?? 0);
        expect(
          codes.filter(
            (code) => (code < 0x20 && code !== 9 && code !== 10) || (code >= 0x7f && code <= 0x9f),
          ),
        ).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
  });

  test('keeps plain text of any script as it is', () => {
    for (const text of ['', 'plain', 'tab\tand\nnewline', '漢字é 🐳', 'a [31m b'])
      expect(neutralise(text)).toBe(text);
  });

  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a window title', '\u001b]0;evil\u0007after', 'after'],
    ['the clipboard', '\u001b]52;c;ZXZpbA==\u001b\\after', 'after'],
    ['a clear of the screen', '\u001b[2J\u001b[Hafter', 'after'],
    ['an unfinished sequence', 'before\u001b]0;text', 'before]0;text'],
    ['a progress bar', '10%\r50%\r100%', '10% 50% 100%'],
    ['a Windows line end', 'a\r\nb', 'a\nb'],
    ['marks that turn text around', 'a\u202eb\u2066c', 'abc'],
  ])('takes %s out', (_what, text, expected) => {
    expect(neutralise(text)).toBe(expected);
  });

  test('takes linear time for text made of unfinished sequences', () => {
    const time = (length: number): number => {
      const text = '\u001b]'.repeat(length);
      const startedMs = performance.now();
      neutralise(text);
      return performance.now() - startedMs;
    };
    time(1000);
    expect(time(1_000_000)).toBeLessThan(1000);
  });
});

describe('log lines', () => {
  test('come out whole wherever the chunks end', () => {
    const text = 'one\ntwo\r\n\nthree 漢字\nlast';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const lines = createLogLines();
        const places = [0, ...cuts.sort((left, right) => left - right), text.length];
        const found = places.flatMap((place, index) =>
          lines.push(text.slice(place, places[index + 1] ?? place)),
        );
        expect([...found, ...lines.end()]).toEqual(['one', 'two', '', 'three 漢字', 'last']);
      }),
    );
  });

  test('one line of 24 MB in small chunks takes linear time', () => {
    const lines = createLogLines();
    const startedMs = performance.now();
    for (let index = 0; index < 24_000; index += 1) expect(lines.push('x'.repeat(1000)).length).toBe(0);
    expect(lines.end()[0]?.length).toBe(24_000_000);
    expect(performance.now() - startedMs).toBeLessThan(1500);
  });
});
