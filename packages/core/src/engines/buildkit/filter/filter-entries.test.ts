import { describe, expect, test } from 'vitest';
import type { ContextEntry } from '../../../build/context-source.ts';
import { filterEntries, type TreeFilter } from './filter-entries.ts';
import { compileGlob } from './glob.ts';

/** `dir/` is a directory, `a -> b` a symbolic link, anything else a file. */
async function* tree(names: readonly string[]): AsyncIterable<ContextEntry> {
  for (const name of names) {
    const [path, linkName] = name.split(' -> ') as [string, string | undefined];
    const type = path.endsWith('/') ? 'directory' : linkName === undefined ? 'file' : 'symlink';
    yield {
      path: path.replace(/\/$/u, ''),
      type,
      mode: 0o644,
      sizeBytes: 0,
      mtimeNs: 0n,
      ...(linkName === undefined ? {} : { linkName }),
    };
  }
}

async function kept(names: readonly string[], filter: Partial<TreeFilter>): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const { path } of filterEntries(tree(names), {
    include: [],
    exclude: [],
    follow: [],
    ...filter,
  }))
    paths.push(path);
  return paths;
}

const project = ['.dockerignore', 'a/', 'a/b/', 'a/b/x.go', 'a/b/y.txt', 'a/z.go', 'b/', 'b/x.go', 'main.go'];

describe('filterEntries', () => {
  test('keeps everything without a filter', async () => {
    expect(await kept(project, {})).toHaveLength(project.length);
  });

  test('keeps what lies below an included directory, and the directories above it', async () => {
    expect(await kept(project, { include: ['a/b'] })).toEqual(['a', 'a/b', 'a/b/x.go', 'a/b/y.txt']);
  });

  test('keeps directories only where something in them is kept', async () => {
    expect(await kept(project, { include: ['**/*.txt'] })).toEqual(['a', 'a/b', 'a/b/y.txt']);
  });

  test('leaves out what is excluded, but for exceptions', async () => {
    expect(await kept(project, { exclude: ['a', '!a/b/x.go'] })).toEqual([
      '.dockerignore',
      'a',
      'a/b',
      'a/b/x.go',
      'b',
      'b/x.go',
      'main.go',
    ]);
  });

  test('takes a pattern with a comma for one pattern', async () => {
    expect(await kept(['b', 'foo, b'], { exclude: ['foo, b'] })).toEqual(['b']);
  });

  test('follows links to where they lead', async () => {
    const links = [
      'abs -> /real/f',
      'away -> ../../real/f',
      'cur -> real',
      'loop1 -> loop2',
      'loop2 -> loop1',
      'other',
      'real/',
      'real/f',
      'real/g',
    ];
    expect(await kept(links, { follow: ['cur/f'] })).toEqual(['cur', 'real', 'real/f']);
    expect(await kept(links, { follow: ['abs'] })).toEqual(['abs', 'real', 'real/f']);
    expect(await kept(links, { follow: ['away'] })).toEqual(['away', 'real', 'real/f']);
    expect(await kept(links, { follow: ['loop1'] })).toEqual(['loop1', 'loop2']);
    expect(await kept(links, { follow: ['*r'] })).toEqual(
      ['cur', 'other', 'real', 'real/f', 'real/g'].filter((name) => name !== 'x'),
    );
  });

  test('follows a path with special characters in its name as it is', async () => {
    expect(await kept(['[a]', 'a', 'd/', 'd/x*', 'd/xy'], { follow: ['d'] })).toEqual(['d', 'd/x*', 'd/xy']);
  });

  test('sends nothing when what is followed does not exist', async () => {
    expect(await kept(project, { follow: ['*.nothing'] })).toEqual([]);
    expect(await kept(project, { follow: ['nothing'] })).toEqual([]);
  });

  test('takes the root for everything', async () => {
    expect(await kept(project, { follow: ['/', 'a'] })).toHaveLength(project.length);
  });
});

describe('compileGlob', () => {
  test.each([
    ['*.go', 'main.go', true],
    ['*.go', 'a/main.go', false],
    ['**/*.go', 'main.go', true],
    ['**/*.go', 'a/b/main.go', true],
    ['a/**', 'a/b/c', true],
    ['a/**', 'a', false],
    ['**', 'anything/at/all', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/xb', false],
    ['?', '😀', true],
    ['?', '/', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['[^a-c]x', 'dx', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a[', 'a[', true],
    ['a+(b)', 'a+(b)', true],
    ['a.c', 'abc', false],
  ])('%s on %s is %s', (pattern, path, expected) => {
    expect(compileGlob(pattern)(path)).toBe(expected);
  });

  test('takes no more than milliseconds for patterns made to be slow', () => {
    const started = performance.now();
    expect(compileGlob(`${'*a'.repeat(200)}b`)('a'.repeat(2000))).toBe(false);
    expect(compileGlob(`${'**/'.repeat(100)}b`)('a/'.repeat(1000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
