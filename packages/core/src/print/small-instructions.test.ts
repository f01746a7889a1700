import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createMaintainer } from '../ast/maintainer.ts';
import { createRaw } from '../ast/raw.ts';
import { createShell } from '../ast/shell.ts';
import { createVolume } from '../ast/volume.ts';
import { createExpansion, type Word } from '../ast/word.ts';

test.each<readonly [readonly Word[], string]>([
  [['/data'], 'VOLUME /data'],
  [['/a', '/b'], 'VOLUME /a /b'],
  [['/a b', '/c'], 'VOLUME ["/a b", "/c"]'],
  [[' /a '], String.raw`VOLUME ["\" /a \""]`],
  [['/$x'], String.raw`VOLUME "/\$x"`],
  [['/$x y'], String.raw`VOLUME ["/\\$x y"]`],
  [['/a\nb'], String.raw`VOLUME ["/a\nb"]`],
  [[createExpansion([{ kind: 'Variable', name: 'B' }])], 'VOLUME ${B}'],
])('writes the volumes %j', (paths, line) => {
  expect(printed(createVolume({ paths }))).toBe(line);
});

test.each([[[]], [['']], [['/a', '']]])('refuses the volumes %j', (paths) => {
  expect(refusals(createVolume({ paths }))).toEqual(['VOLUME has an empty path.']);
});

test('writes SHELL as an array', () => {
  expect(printed(createShell({ argv: ['powershell', '-Command', 'a\n"b"'] }))).toBe(
    String.raw`SHELL ["powershell", "-Command", "a\n\"b\""]`,
  );
  expect(refusals(createShell({ argv: [] }))).toEqual(['SHELL has an empty array.']);
});

test('writes MAINTAINER as it is', () => {
  expect(printed(createMaintainer({ name: 'A "B" <a@example.com>' }))).toBe(
    'MAINTAINER A "B" <a@example.com>',
  );
  expect(printed(createMaintainer({ name: '--x' }))).toBe('MAINTAINER -- --x');
});

test.each(['', ' a', 'a\nb', 'a\\'])('refuses the maintainer %j', (name) => {
  expect(refusals(createMaintainer({ name }))).toEqual([
    `MAINTAINER cannot hold ${JSON.stringify(name).replace('\\\\', '\\')}.`,
  ]);
});

test('writes a raw instruction as it is', () => {
  expect(printed(createRaw({ text: 'INCLUDE a \\\n  b\n' }))).toBe('INCLUDE a \\\n  b');
});

test.each(['', ' \n', 'INCLUDE a\\', 'INCLUDE a \\ ', 'A \0'])('refuses the raw instruction %j', (text) => {
  expect(refusals(createRaw({ text }))).toHaveLength(1);
});
