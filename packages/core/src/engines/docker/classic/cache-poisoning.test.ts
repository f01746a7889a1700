import { expect, test } from 'vitest';
import { hasCachePoisoning } from './cache-poisoning.ts';

test.each([
  ['20.10.24+dfsg1', true],
  ['17.03.0-ce', true],
  ['23.0.9', true],
  ['23.0.10', false],
  ['24.0.8', true],
  ['24.0.9', false],
  ['25.0.1', true],
  ['25.0.2', false],
  ['26.1.5+dfsg1', false],
  ['29.7.0', false],
  ['5.4.2', false],
  ['unknown', false],
])('%s: %s', (version, expected) => {
  expect(hasCachePoisoning(version)).toBe(expected);
});
