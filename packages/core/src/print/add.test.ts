import { expect, test } from 'vitest';
import { printed } from '../../test/printed.ts';
import { type AddNode, createAdd } from '../ast/add.ts';

test.each<readonly [Partial<AddNode>, string]>([
  [{}, ''],
  [{ checksum: 'sha256:24' }, '--checksum=sha256:24 '],
  [{ keepGitDir: true }, '--keep-git-dir '],
  [{ keepGitDir: false }, ''],
  [{ unpack: true }, '--unpack '],
  [{ unpack: false }, '--unpack=false '],
  [{ chown: '1', chmod: '644', link: true, exclude: ['x'] }, '--chown=1 --chmod=644 --link --exclude=x '],
])('writes the options %j as flags', (options, flags) => {
  expect(printed(createAdd({ sources: ['a.tar'], dest: '/d/', ...options }))).toBe(`ADD ${flags}a.tar /d/`);
});

test('writes a URL with a query', () => {
  expect(printed(createAdd({ sources: ['https://example.com/x?a=1&b=2#f'], dest: '/d' }))).toBe(
    'ADD "https://example.com/x?a=1&b=2#f" /d',
  );
});

test('writes inline files', () => {
  expect(printed(createAdd({ sources: [], files: [{ data: 'x\n' }], dest: '/d' }))).toBe(
    'ADD <<"EOF" /d\nx\nEOF',
  );
});
