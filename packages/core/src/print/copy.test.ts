import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { type CopyNode, createCopy } from '../ast/copy.ts';
import { createExpansion, createRawWord, type Word } from '../ast/word.ts';

const copy = (sources: readonly Word[], dest: Word, rest: Partial<CopyNode> = {}) =>
  createCopy({ sources, dest, ...rest });
const variable = { kind: 'Variable', name: 'B' } as const;

test.each<readonly [readonly Word[], Word, string]>([
  [['.'], '.', 'COPY . .'],
  [['a', 'b'], '/d/', 'COPY a b /d/'],
  [['*.txt'], '/d/', 'COPY *.txt /d/'],
  [['a b'], '/d', 'COPY ["a b", "/d"]'],
  [['a'], '/d e', 'COPY ["a", "/d e"]'],
  [['say "x"'], '/d', String.raw`COPY ["say \\\"x\\\"", "/d"]`],
  [['"x"'], '/d', String.raw`COPY "\"x\"" /d`],
  [["it's"], '/d', `COPY "it's" /d`],
  [['$HOME'], '/d', String.raw`COPY "\$HOME" /d`],
  [['a\\b'], '/d', String.raw`COPY "a\\b" /d`],
  [['--x'], '/d', 'COPY "--x" /d'],
  [['[a]'], '/d', 'COPY "[a]" /d'],
  [['<<X'], '/d', 'COPY "<<X" /d'],
  [['<<X', 'a b'], '/d', 'COPY ["./<<X", "a b", "/d"]'],
  [['1<<X', 'a b'], '/d', 'COPY ["./1<<X", "a b", "/d"]'],
  [['über'], '/d', 'COPY "über" /d'],
  [['a\nb'], '/d', String.raw`COPY ["a\nb", "/d"]`],
  [['a\u00a0b'], '/d', 'COPY ["a\u00a0b", "/d"]'],
  [['a'], createExpansion(['/d/', variable]), 'COPY a /d/${B}'],
  [[createExpansion([variable, ' x'])], '/d', 'COPY ["${B} x", "/d"]'],
  [[createRawWord('$B/a')], createRawWord('"/d"'), 'COPY $B/a "/d"'],
  [[createRawWord('--x')], '/d', 'COPY "--x" /d'],
])('copies %j to %j', (sources, dest, line) => {
  expect(printed(copy(sources, dest))).toBe(line);
});

test.each<readonly [Word, string]>([
  ['C:\\app\\', 'COPY a C:\\app\\'],
  ['C:\\my app', String.raw`COPY ["a", "C:\\my app"]`],
  ['`x', 'COPY a "``x"'],
])('copies to %j with a backtick as escape token', (dest, line) => {
  expect(printed(copy(['a'], dest), { escape: '`' })).toBe(line);
});

test.each<readonly [Partial<CopyNode>, string]>([
  [{ from: { kind: 'name', name: 'builder' } }, '--from=builder'],
  [{ from: { kind: 'image', image: 'nginx:1.30' } }, '--from=nginx:1.30'],
  [{ from: { kind: 'context', name: 'assets' } }, '--from=assets'],
  [{ parents: true }, '--parents'],
  [{ chown: '1:2' }, '--chown=1:2'],
  [{ chown: 'a b:c' }, '--chown="a b:c"'],
  [{ chown: '$u' }, String.raw`--chown="\\$u"`],
  [{ chown: createExpansion([variable, ':', variable]) }, '--chown=${B}:${B}'],
  [{ chmod: '0755' }, '--chmod=0755'],
  [{ chmod: 'u=rwX,go=rX' }, '--chmod=u=rwX,go=rX'],
  [{ link: true }, '--link'],
  [{ exclude: ['*.md', 'a b'] }, '--exclude=*.md --exclude="a b"'],
  [{ exclude: ['$P', 'say "x"', 'a\\b'] }, String.raw`--exclude=$P --exclude="say \"x\"" --exclude="a\\b"`],
  [{ link: false, parents: false, exclude: [] }, ''],
])('writes the options %j as flags', (options, flags) => {
  expect(printed(copy(['s'], '/d', options))).toBe(`COPY ${flags}${flags === '' ? '' : ' '}s /d`);
});

test('breaks a long list of paths', () => {
  const sources = Array.from({ length: 10 }, (_, index) => `packages/part-${index}/package.json`);
  const text = printed(copy(sources, '/src/'));
  expect(text.split('\n')).toHaveLength(11);
  expect(text.startsWith('COPY packages/part-0/package.json \\\n     packages/part-1/')).toBe(true);
  expect(printed(copy(sources, '/src/'), { lineWidth: 1000 })).toBe(`COPY ${sources.join(' ')} /src/`);
});

test.each<readonly [CopyNode, string]>([
  [copy([], '/d'), 'A COPY has no sources.'],
  [
    copy(['a\0'], '/d'),
    String.raw`The COPY path "a\u0000" holds a NUL character, which no program can receive there.`,
  ],
  [
    copy(['a'], '/d', { exclude: ['日本'] }),
    'The --exclude value "日本" holds a character that is not ASCII, which BuildKit corrupts in a flag.',
  ],
  [
    copy(['a'], '/d', { chown: 'ü' }),
    'The --chown value "ü" holds a character that is not ASCII, which BuildKit corrupts in a flag.',
  ],
  [copy(['a'], '/d', { chown: '' }), 'The flag "--chown" has no value.'],
  [
    copy(['a'], '/d', { from: { kind: 'image', image: createExpansion(['x:', variable]) } }),
    'The COPY --from holds a variable, and variables are not expanded there.',
  ],
])('refuses %j', (node, message) => {
  expect(refusals(node)).toContain(message);
});
