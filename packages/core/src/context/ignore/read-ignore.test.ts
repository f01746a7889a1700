import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readIgnore } from './read-ignore.ts';

describe('readIgnore', () => {
  it.each([
    ['node_modules', 'node_modules/a/b.js', true],
    ['node_modules', 'src/node_modules', false],
    ['**/node_modules', 'src/node_modules/x', true],
    ['/dist', 'dist/a', true],
    ['dist/', 'dist', true],
    ['./a/../b', 'b', true],
    ['*.log', 'debug.log', true],
    ['*.log', 'logs/debug.log', false],
    ['**/*.log', 'debug.log', true],
    ['**/*.log', 'a/b/debug.log', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**', 'a/x', true],
    ['a/**', 'a', false],
    ['**', 'anything/at/all', true],
    ['?.txt', 'a.txt', true],
    ['?.txt', '\u{1F433}.txt', true],
    ['?.txt', 'ab.txt', false],
    ['[a-c].txt', 'b.txt', true],
    ['[^a-c].txt', 'b.txt', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a.b', 'axb', false],
    ['a+(b)$', 'a+(b)$', true],
    ['x|y', 'x|y', true],
    ['x|*y', 'x', true],
    ['a{2}', 'a{2}', true],
    ['a{2}*', 'aab', true],
    ['\\d', '7', true],
    ['[[:digit:]]x', '7x', true],
    ['Foo', 'foo', false],
    ['b**z', 'b\nz', false],
    ['b*z', 'b\nz', true],
    ['  spaced  ', 'spaced', true],
    ['a b', 'a b', true],
  ])('with "%s" the path "%s" is ignored: %s', (pattern, path, ignored) => {
    expect(readIgnore(pattern).ignores(path)).toBe(ignored);
  });

  it('lets a later line win, and "!" bring paths back', () => {
    const rules = readIgnore('docs\n!docs/README.md\ndocs/README.md/secret\n');
    expect(rules.ignores('docs/a.md')).toBe(true);
    expect(rules.ignores('docs/README.md')).toBe(false);
    expect(rules.lineFor('docs/README.md')).toEqual(expect.objectContaining({ line: 2, negated: true }));
    expect(rules.lineFor('src')).toBeUndefined();
  });

  it('passes over comments, empty lines, the byte order mark and carriage returns', () => {
    const rules = readIgnore('\uFEFF# comment\r\n\r\n a \r\n #b\r\n');
    expect(rules.lines).toEqual([
      { text: 'a', line: 3, negated: false },
      { text: '#b', line: 4, negated: false },
    ]);
  });

  it('reads bytes that are not UTF-8', () => {
    expect(readIgnore(Buffer.from('a\xffb*', 'latin1')).lines).toEqual([
      { text: 'a\uFFFDb*', line: 1, negated: false },
    ]);
  });

  it.each(['[', 'a[', '!', '! ', '[]a', '[a-', '\\', 'ok\n['])('refuses "%s" and names the line', (text) => {
    const line = text.split('\n').length;
    expect(() => readIgnore(text)).toThrowError(
      expect.objectContaining({ code: 'ignore-pattern', where: { file: '.dockerignore', line, column: 1 } }),
    );
  });

  it('refuses what Go only refuses when it meets a path, when it meets one', () => {
    const rules = readIgnore('[z-a]*x[[:nope:]]');
    expect(() => rules.ignores('a')).toThrowError(expect.objectContaining({ code: 'ignore-pattern' }));
  });

  it('refuses a line of 64 KiB', () => {
    expect(() => readIgnore('x'.repeat(65_536))).toThrowError(
      expect.objectContaining({ code: 'ignore-pattern' }),
    );
  });
});

describe('readIgnore from a directory', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'stagecraft-read-ignore-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('has no rules without a file', () => {
    expect(readIgnore({ directory }).lines).toEqual([]);
  });

  it('follows a link to the file', () => {
    writeFileSync(join(directory, 'rules'), 'a\n');
    symlinkSync('rules', join(directory, '.dockerignore'));
    expect(readIgnore({ directory }).ignores('a')).toBe(true);
  });

  it('prefers the file beside the Dockerfile', () => {
    writeFileSync(join(directory, '.dockerignore'), 'a\n');
    writeFileSync(join(directory, 'prod.Dockerfile.dockerignore'), 'b\n');
    const dockerfile = join(directory, 'prod.Dockerfile');
    expect(readIgnore({ directory, dockerfile }).ignores('a')).toBe(false);
    expect(readIgnore({ directory, dockerfile }).ignores('b')).toBe(true);
    expect(readIgnore({ directory, dockerfile: join(directory, 'Dockerfile') }).ignores('a')).toBe(true);
  });

  it('fails when the file cannot be read', () => {
    mkdirSync(join(directory, '.dockerignore'));
    expect(() => readIgnore({ directory })).toThrowError(
      expect.objectContaining({ code: 'context-unreadable' }),
    );
  });
});
