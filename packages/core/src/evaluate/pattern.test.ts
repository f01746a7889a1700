import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern, findMatch, matchPrefix, reversePattern } from './pattern.ts';

const text = fc.array(fc.constantFrom('a', 'b', '\n', '*', '?', '\\'), { maxLength: 12 });
const pattern = fc
  .array(fc.constantFrom('a', 'b', '*', '?', '\\*', '\\?', '\\\\', '\n'), { maxLength: 6 })
  .map((parts) => [...parts.join('')]);

/** The regular expression BuildKit makes of the pattern. */
function regularExpression(
  characters: readonly string[],
  options: { anchored: boolean; greedy: boolean },
): RegExp {
  const source = characters.join('').replace(/\\(.)|([*?])|\n/gsu, (match, escaped, wildcard) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (wildcard === '*') return options.greedy ? '.*' : '.*?';
    return wildcard === '?' ? '.' : match;
  });
  return new RegExp(`${options.anchored ? '^(?:' : '(?:'}${source})`, 'u');
}

test('matches prefixes like the regular expression BuildKit makes', () => {
  fc.assert(
    fc.property(pattern, text, (characters, value) => {
      for (const prefer of ['shortest', 'longest'] as const) {
        const expression = regularExpression(characters, { anchored: true, greedy: prefer === 'longest' });
        const expected = expression.exec(value.join(''))?.[0].length;
        expect(matchPrefix(compilePattern(characters), value, prefer)).toBe(expected);
      }
    }),
    { numRuns: 5000 },
  );
});

test('finds the match the regular expression finds', () => {
  fc.assert(
    fc.property(pattern, text, (characters, value) => {
      const match = regularExpression(characters, { anchored: false, greedy: true }).exec(value.join(''));
      const expected =
        match === null ? undefined : { start: match.index, end: match.index + match[0].length };
      expect(findMatch(compilePattern(characters), value, 0)).toEqual(expected);
    }),
    { numRuns: 5000 },
  );
});

test('a reversed pattern matches reversed text', () => {
  fc.assert(
    fc.property(pattern, text, (characters, value) => {
      const forwards = matchPrefix(compilePattern([...characters, '*']), value, 'longest');
      const backwards = matchPrefix(
        compilePattern(reversePattern(characters)),
        [...value].reverse(),
        'longest',
      );
      if (backwards === value.length) expect(forwards).toBe(value.length);
    }),
  );
});

test('hostile patterns take no more than linear time', () => {
  const characters = [...'*a'.repeat(50), 'b'];
  const value = Array.from({ length: 20_000 }, () => 'a');
  const start = performance.now();
  expect(findMatch(compilePattern(characters), value, 0)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2000);
});

test('an escape before an ordinary character is refused', () => {
  expect(() => compilePattern([...'a\\b'])).toThrow("invalid escape '\\b'");
  expect(() => compilePattern(['\\'])).toThrow('invalid escape');
});
