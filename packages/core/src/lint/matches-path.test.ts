import { expect, test } from 'vitest';
import { matchesPath } from './matches-path.ts';

test.each([
  ['package*.json', 'package-lock.json', true],
  ['package*.json', 'a/package.json', false],
  ['a?.x', 'ab.x', true],
  ['[a-c]x', 'bx', true],
  ['[^a]x', 'ax', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['a+(b)', 'a+(b)', true],
  ['src', 'srcs', false],
])('%s on %s: %s', (pattern, path, expected) => {
  expect(matchesPath(pattern, path)).toBe(expected);
});
