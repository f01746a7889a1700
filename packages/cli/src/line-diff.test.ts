import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';

test('shows what changed with the lines around it', () => {
  expect(lineDiff('a\nb\nc\nd\n', 'a\nb\nX\nY\nd\n')).toBe('@@ line 3 @@\n  a\n  b\n- c\n+ X\n+ Y\n  d\n');
});

test('shows a file that is missing its end', () => {
  expect(lineDiff('a', 'a\nb')).toBe('@@ line 2 @@\n  a\n+ b');
});
