import { describe, expect, it } from 'vitest';
import { readIgnore } from '../src/context/index.ts';

const pathBytes = 4096;
const limitMs = 5;

const letters = `${'a'.repeat(pathBytes - 1)}b`;
const folders = `${'a/'.repeat(pathBytes / 2 - 1)}ab`;

/**
 * Patterns of about 1 KiB that make backtracking matchers explode, each with the path it is hardest on. The paths end
 * as the patterns do, so that a look at the end alone decides nothing.
 */
const hardPatterns: readonly (readonly [name: string, pattern: string, path: string])[] = [
  ['stars between letters', `${'*a'.repeat(511)}cb`, letters],
  ['double stars between letters', `${'**/a'.repeat(255)}cb`, folders],
  ['double stars and stars', `${'**/*a'.repeat(204)}cb`, folders],
  ['optional letters', `${'a{0,1}'.repeat(170)}*cb`, letters],
  ['question marks and stars', `${'?*'.repeat(511)}cb`, letters],
  ['classes and stars', `${'[a-z]*'.repeat(170)}\u00e9`, letters],
  ['runs of stars', `${'*'.repeat(1022)}cb`, folders],
  ['many alternatives', `${'a*b|'.repeat(255)}c`, letters],
];

describe('the time an ignore pattern takes', () => {
  it.each(hardPatterns)(
    'stays within 5 ms for 1 KiB of pattern and 4 KiB of path: %s',
    (_name, pattern, path) => {
      const rules = readIgnore(pattern);
      rules.ignores(path);
      expect(fastest(() => rules.ignores(path))).toBeLessThan(limitMs);
    },
  );

  it.each(hardPatterns)('grows no faster than the path: %s', (_name, pattern, path) => {
    const rules = readIgnore(pattern);
    const whole = path.slice(0, -1).repeat(4) + path.slice(-1);
    rules.ignores(whole);
    const short = fastest(() => rules.ignores(path));
    const long = fastest(() => rules.ignores(whole));
    // Four times the path: four times the time, with room for noise in measurements of well under a millisecond.
    expect(long / Math.max(short, 0.1)).toBeLessThan(10);
  });
});

/** The fastest of several runs, in milliseconds: what other work on the machine adds is left out. */
function fastest(action: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 12; run += 1) {
    const start = performance.now();
    action();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
