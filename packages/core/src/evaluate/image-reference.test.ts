import { expect, test } from 'vitest';
import { digestProblem, imageReferenceProblem } from './image-reference.ts';

const sha256 = 'a'.repeat(64);

test.each([
  'alpine',
  'library/alpine:3.20',
  'ghcr.io/a/b_c__d-e:V1.x',
  'localhost/a',
  'host:5000/a@sha256:'.concat(sha256),
  'A/b',
  '[::1]:5000/a',
])('%s is an image reference', (text) => {
  expect(imageReferenceProblem(text)).toBeUndefined();
});

test.each([
  ['A', 'lower case'],
  ['a/B', 'lower case'],
  ['-x', 'form'],
  ['a b', 'form'],
  ['a:', 'form'],
  ['x@sha256:12', 'form'],
  [`x@sha256:${'a'.repeat(40)}`, '64 digits'],
  [`x@md5:${'a'.repeat(32)}`, 'not supported'],
  [sha256, 'image id'],
  ['a'.repeat(300), '255'],
  ['a.'.repeat(100_000), 'longer'],
])('%s is refused', (text, reason) => {
  expect(imageReferenceProblem(text)).toContain(reason);
});

test('hostile names are refused quickly', () => {
  const start = performance.now();
  imageReferenceProblem(`${'a-'.repeat(2000)}!`);
  imageReferenceProblem(`${'a.a/'.repeat(1000)}!`);
  expect(performance.now() - start).toBeLessThan(500);
});

test('a digest needs a known algorithm and the right number of digits', () => {
  expect(digestProblem(`sha256:${sha256}`)).toBeUndefined();
  expect(digestProblem('sha256:x')).toContain('64 digits');
  expect(digestProblem(`sha256:${'A'.repeat(64)}`)).toContain('digits');
  expect(digestProblem('constructor:x')).toContain('not supported');
  expect(digestProblem('x')).toContain('form');
});
