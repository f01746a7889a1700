import { describe, expect, test } from 'vitest';
import { isStagecraftError } from '../errors/stagecraft-error.ts';
import { parseDockerfile } from './parse-dockerfile.ts';

describe('keywords', () => {
  const accepted = (keyword: string): boolean => {
    try {
      parseDockerfile(`FROM a\n${keyword} x\n`);
      return true;
    } catch (error) {
      if (isStagecraftError(error)) return false;
      throw error;
    }
  };

  test.each(['RUN', 'run', 'rUn', 'WOR\u212ADIR', 'Volume'])('%s is one', (keyword) => {
    expect(accepted(keyword)).toBe(true);
  });

  test.each(['U\u017FER', 'ONBU\u0131LD', 'EXPO\u017FE', 'RU\u0274', 'RUN\u00A0', '\uFF32UN'])(
    '%s only looks like one',
    (keyword) => {
      expect(accepted(keyword)).toBe(false);
    },
  );
});

test('<<- takes the tabs away that begin a line, and only a newline begins one', () => {
  const [node] =
    parseDockerfile('FROM a\nCOPY <<-A /x\n\t\ta\tb\r\tc\u2028\td\nA\n').stages[0]?.instructions ?? [];
  expect(node?.kind === 'Copy' && node.files?.[0]?.data).toMatchObject({ text: 'a\tb\r\tc\u2028\td\n' });
});

test.each([
  ['ONBUILD', (depth: number) => `FROM a\n${'ONBUILD '.repeat(depth)}RUN x\n`],
  ['JSON', (depth: number) => `FROM a\nCMD ${'['.repeat(depth)}\n`],
  ['variables', (depth: number) => `FROM a\nENV A=${'${a:-'.repeat(depth)}${'}'.repeat(depth)}\n`],
])('deep %s is an error, or harmless', (_name, make) => {
  for (const depth of [100, 7000]) {
    try {
      parseDockerfile(make(depth));
    } catch (error) {
      expect(isStagecraftError(error)).toBe(true);
    }
  }
});

/** Each at most one line of 64 KiB, the longest that is read. */
const lines: readonly (readonly [string, (size: number) => string])[] = [
  [
    'blanks in a directive',
    (size) => `#${' '.repeat(size)}syntax=${' '.repeat(size)}a${' '.repeat(size)}b\nFROM a\n`,
  ],
  [
    'blanks in an instruction',
    (size) => `FROM a\nRUN${' '.repeat(size)}x${' '.repeat(size)}y${' '.repeat(size)}\n`,
  ],
  ['here-documents', (size) => `FROM a\nRUN ${'<<A '.repeat(size / 4)}\n${'A\n'.repeat(size / 4)}`],
  ['quotes', (size) => `FROM a\nENV A=${`'"`.repeat(size / 2)}\n`],
  ['backslashes', (size) => `FROM a\nENV A=${'\\'.repeat(size)}x\n`],
  ['flags', (size) => `FROM a\nCOPY ${'--link '.repeat(size / 7)}a b\n`],
  ['pairs', (size) => `FROM a\nLABEL ${'a="b c" '.repeat(size / 8)}\n`],
  ['JSON', (size) => `FROM a\nCMD [${'"a",'.repeat(size / 4)}"b"]\n`],
  ['carriage returns', (size) => `FROM a\nRUN x${'\r'.repeat(size)}\n`],
];

test.each(lines)('%s take time that grows with the line', (_name, make) => {
  const time = (text: string): number => {
    const started = performance.now();
    for (let round = 0; round < 5; round += 1) attempt(text);
    return performance.now() - started;
  };
  const best = (size: number): number => Math.min(...[1, 2, 3].map(() => time(make(size))));
  best(1000);
  // Below a few milliseconds the clock says nothing.
  expect(best(20_000) / Math.max(best(5000), 3)).toBeLessThan(10);
});

function attempt(text: string): void {
  try {
    parseDockerfile(text);
  } catch (error) {
    if (!isStagecraftError(error)) throw error;
  }
}
