import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createCopy, type InlineFile } from '../ast/copy.ts';
import { createExpansion, createRawWord, type Word } from '../ast/word.ts';

const copy = (files: readonly InlineFile[], dest: Word, sources: readonly Word[] = []) =>
  createCopy({ sources, files, dest });
const variable = { kind: 'Variable', name: 'B' } as const;

test.each<readonly [Word, string]>([
  ['a\n', 'COPY <<"EOF" /x\na\nEOF'],
  ['', 'COPY <<"EOF" /x\nEOF'],
  ['\n', 'COPY <<"EOF" /x\n\nEOF'],
  ['$HOME \\ "\n', 'COPY <<"EOF" /x\n$HOME \\ "\nEOF'],
  ['EOF\n', 'COPY <<"EOF_1" /x\nEOF\nEOF_1'],
  ['EOF\r\nEOF_1\n', 'COPY <<"EOF_2" /x\nEOF\r\nEOF_1\nEOF_2'],
  ['# no comment\nFROM x\n', 'COPY <<"EOF" /x\n# no comment\nFROM x\nEOF'],
  [createExpansion(['a $x \\ "', variable, '"\n']), 'COPY <<EOF /x\na \\$x \\\\ "${B}"\nEOF'],
  [
    createExpansion([{ ...variable, operator: ':-', operand: 'a}"b' }, '\n']),
    'COPY <<EOF /x\n${B:-a\\}"b}\nEOF',
  ],
  [createRawWord('raw $B\n'), 'COPY <<EOF /x\nraw $B\nEOF'],
])('writes the file %j', (data, text) => {
  expect(printed(copy([{ data }], '/x'))).toBe(text);
});

test('a backslash escapes in a file whatever the escape token is', () => {
  const data = createExpansion(['`$\\', variable, '\n']);
  expect(printed(copy([{ data }], '/x'), { escape: '`' })).toBe('COPY <<EOF /x\n`\\$\\\\${B}\nEOF');
});

test('in a directory, names the files by their delimiters', () => {
  const files = [
    { name: 'a.conf', data: 'a\n' },
    { name: 'b.conf', data: 'b\n' },
  ];
  expect(printed(copy(files, '/etc/', ['c']))).toBe(
    'COPY c <<"a.conf" <<"b.conf" /etc/\na\na.conf\nb\nb.conf',
  );
});

test.each<readonly [InlineFile, string, string]>([
  [{ data: 'a' }, '/x', 'The inline file "a" does not end in a line break.'],
  [{ data: '\0\n' }, '/x', String.raw`The inline file "\u0000\n" holds a NUL character.`],
  [{ data: '\uDC00\n' }, '/x', String.raw`The inline file "\udc00\n" holds half of a surrogate pair.`],
  [{ data: 'a\n' }, '/x/', String.raw`The inline file "a\n" has no name in the directory it is copied to.`],
  [
    { data: 'a\n', name: 'a b' },
    '/x/',
    String.raw`The inline file "a\n" cannot be named "a b" in a Dockerfile.`,
  ],
  [{ data: 'a\n', name: 'a' }, '/x/', String.raw`The inline file "a\n" has a line that equals its name "a".`],
])('refuses %j in %j', (file, dest, message) => {
  expect(refusals(copy([file], dest))).toEqual([message]);
});

test('refuses two files of the same name', () => {
  const file = { name: 'a', data: '' };
  expect(refusals(copy([file, file], '/x/'))).toContain(
    'The inline file "" has the same name "a" as another.',
  );
});

test('refuses a destination with white space, which only JSON could hold', () => {
  expect(refusals(copy([{ data: 'a\n' }], '/a b'))).toEqual([
    'The COPY path "/a b" holds white space, where the Dockerfile splits it even in quotes.',
  ]);
});

test('refuses quotes that would hide the here-document', () => {
  expect(refusals(copy([{ data: 'a\n' }], '/a"b'), { escape: '`' })).toEqual([
    'The quotes in this COPY hide its inline files.',
  ]);
});

test('refuses a line that is too long to be read', () => {
  expect(refusals(copy([{ data: `${'x'.repeat(70_000)}\n` }], '/x'))).toEqual([
    `The inline file "${'x'.repeat(57)}..." has a line over 65,535 bytes.`,
  ]);
});
