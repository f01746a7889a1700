import { final, type StageSource } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { chooseImage, loadImages } from './load-images.ts';

const one = final().from('scratch');
const two = final().from('alpine');

test('a single export is meant without being named', () => {
  expect(chooseImage(new Map([['fat', one]]), undefined)).toBe(one);
});

test('the default export is meant among several', () => {
  expect(
    chooseImage(
      new Map<string, StageSource>([
        ['default', one],
        ['fat', two],
      ]),
      undefined,
    ),
  ).toBe(one);
});

test('several named exports need a choice, and the hint names them', () => {
  const images = new Map<string, StageSource>([
    ['api', one],
    ['web', two],
  ]);
  expect(chooseImage(images, 'web')).toBe(two);
  expect(() => chooseImage(images, undefined)).toThrow(
    expect.objectContaining({ hint: 'Choose one with --target: api, web.' }),
  );
});

test('a file that is not there is refused', async () => {
  await expect(loadImages('no-such-image.ts')).rejects.toMatchObject({ code: 'config-rejected' });
});
