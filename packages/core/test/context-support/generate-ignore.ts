import type { Random } from './random.ts';

const names = [
  'a',
  'b',
  'ab',
  'abc',
  'a.b',
  '.x',
  'sp ace',
  'foo',
  'bar',
  'foo.txt',
  'bar.log',
  'a+b',
  '(x)',
  '{a,b}',
  'x|y',
  '^c',
  '[d]',
  'a-b',
  'q?',
  '*',
  'back\\slash',
  '#hash',
  '!bang',
  '$dollar',
  'new\nline',
  'aa',
  'aaa',
  'd1',
  '_',
  '\xc3\xa9t\xc3\xa9',
  '\xf0\x9f\x90\xb3',
  'bad\xffbyte',
  '~',
  'A',
  'FOO',
  '1',
  '22',
  'a\tb',
  '...',
  '-',
] as const;

const folders = [
  '',
  'foo/',
  'a/',
  'foo/bar/',
  'a/b/',
  'a/foo/',
  '.x/',
  'sp ace/',
  'foo/a/b/',
  'b/a.b/',
] as const;

/** Paths that patterns can tell apart: every name at the top and in a directory, the common ones in many. */
export const ignoreTree: readonly string[] = [
  'Dockerfile',
  '.dockerignore',
  ...names.map((name) => `tree/${name}`),
  ...folders.flatMap((folder) => ['foo.txt', 'keep', 'c'].map((name) => `${folder}${name}`)),
  ...names.filter((name) => !['a', 'b', 'foo', '.x', 'sp ace', '...'].includes(name)),
];

const pieces = [
  ...names,
  'tree',
  'z',
  'keep',
  'c',
  'Dockerfile',
  '.dockerignore',
  'txt',
  'log',
  '.',
  '..',
  'o',
  '*',
  '*',
  '*',
  '**',
  '**',
  '?',
  '?',
  '/',
  '/',
  '/',
  '/',
  '/',
  '*/',
  '**/',
  '/**',
  '*.',
  '[a-c]',
  '[^a]',
  '[!a]',
  '[]a]',
  '[a',
  ']',
  '[*]',
  '[?]',
  '[a-]',
  '[z-a]',
  '[\\]]',
  '[[:alpha:]]',
  '[^/]',
  '[a**b]',
  '\\',
  '\\a',
  '\\d',
  '\\w',
  '\\S',
  '\\b',
  '\\B',
  '\\A',
  '\\z',
  '\\Q',
  '\\E',
  '\\pL',
  '\\p{Greek}',
  '\\PN',
  '\\x61',
  '\\x{62}',
  '\\141',
  '\\0',
  '\\1',
  '\\*',
  '\\?',
  '\\[',
  '\\!',
  '\\#',
  '\\n',
  '\\t',
  '\\.',
  '\\^',
  '\\$',
  '\\|',
  '{2}',
  '{1,2}',
  '{0}',
  '{,2}',
  '{2,}',
  '{01}',
  '{2}{3}',
  '|',
  '^',
  '$',
  '+',
  '(',
  ')',
  ' ',
  '\xe2\x80\x83',
  '!',
  '#',
] as const;

function generatePattern(random: Random): string {
  if (random.chance(0.35)) {
    const folder = random.pick(folders);
    return `${random.pick(['', '', '/', './', '**/', '*/', 'tree/'])}${folder}${random.pick(names)}`;
  }
  const count = 1 + random.integer(random.chance(0.7) ? 4 : 9);
  return Array.from({ length: count }, () => random.pick(pieces)).join('');
}

function generateLine(random: Random): string {
  if (random.chance(0.06)) return random.pick(['', ' ', '# comment', ' # no comment', '#', '\t']);
  const pattern = generatePattern(random);
  const bang = random.chance(0.3) ? random.pick(['!', '!', '!', '! ', '!!', ' !']) : '';
  const slash = random.chance(0.1) ? '/' : '';
  const end = random.chance(0.1) ? random.pick([' ', '\r', '\t', '/', '//', '/.', '\xc2\xa0']) : '';
  return `${bang}${slash}${pattern}${end}`;
}

/** An ignore file, as bytes. */
export function generateIgnoreFile(random: Random): string {
  const count = 1 + random.integer(5);
  const lines = Array.from({ length: count }, () => generateLine(random));
  const mark = random.chance(0.05) ? '\xef\xbb\xbf' : '';
  return mark + lines.join(random.chance(0.1) ? '\r\n' : '\n') + (random.chance(0.7) ? '\n' : '');
}
