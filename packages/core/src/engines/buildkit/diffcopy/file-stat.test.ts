import { expect, test } from 'vitest';
import type { ContextEntry } from '../../../build/context-source.ts';
import { toFileStat } from './file-stat.ts';

const file: ContextEntry = {
  path: 'a',
  type: 'file',
  mode: 0o644,
  sizeBytes: 3,
  mtimeNs: 1_700_000_000_123_456_789n,
};

test('leaves the time of a file alone that was written normally', () => {
  expect(toFileStat({ ...file, changedNs: file.mtimeNs }).mtimeNs).toBe(file.mtimeNs);
  expect(toFileStat(file).mtimeNs).toBe(file.mtimeNs);
});

test('tells two files of one forged time apart, without moving either by a millisecond', () => {
  const times = [1n, 2n, 3n, 1_700_000_500_000_000_000n].map(
    (changedNs) => toFileStat({ ...file, changedNs }).mtimeNs,
  );
  expect(new Set(times).size).toBe(times.length);
  for (const time of times) expect(time / 1_000_000n).toBe(file.mtimeNs / 1_000_000n);
});

test('keeps times before 1970 in their millisecond', () => {
  const mtimeNs = -5_000_001n;
  const { mtimeNs: sent } = toFileStat({ ...file, mtimeNs, changedNs: 7n });
  expect(sent).toBeGreaterThanOrEqual(-6_000_000n);
  expect(sent).toBeLessThan(-5_000_000n);
});

test('gives a symbolic link the size of its target in bytes', () => {
  expect(toFileStat({ ...file, type: 'symlink', linkName: 'ü' }).sizeBytes).toBe(2);
});
