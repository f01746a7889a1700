import { expect, test } from 'vitest';
import { simplifyWord } from './simplify-word.ts';
import { createExpansion, createRawWord } from './word.ts';
import { lexWord } from './word-lexer.ts';
import { splitWords } from './word-split.ts';

test('takes quotes and escapes away', () => {
  expect(lexWord(String.raw`a\ b"c d"'e\f'`)).toEqual({
    pieces: [
      { kind: 'text', text: 'a', quoted: false },
      { kind: 'text', text: ' ', quoted: true },
      { kind: 'text', text: 'b', quoted: false },
      { kind: 'text', text: String.raw`c de\f`, quoted: true },
    ],
  });
});

test('reads an operator with its operand and replacement', () => {
  expect(lexWord('${A//x\\/y/$B}').pieces).toEqual([
    {
      kind: 'variable',
      name: 'A',
      braced: true,
      operator: '//',
      operand: [
        { kind: 'text', text: 'x', quoted: false },
        { kind: 'text', text: '\\/', quoted: true },
        { kind: 'text', text: 'y', quoted: false },
      ],
      replacement: [{ kind: 'variable', name: 'B', braced: false }],
    },
  ]);
});

test('drops one byte order mark in front', () => {
  expect(lexWord('\uFEFFa\uFEFF').pieces).toEqual([{ kind: 'text', text: 'a\uFEFF', quoted: false }]);
});

test('lists what stands before a mistake, innermost parts included', () => {
  expect(lexWord("$A${B:-${C}'")).toEqual({
    pieces: [
      { kind: 'variable', name: 'A', braced: false },
      { kind: 'variable', name: 'C', braced: true },
    ],
    error: "syntax error: missing '}'",
  });
});

test('refuses nesting far deeper than any real word without a stack overflow', () => {
  const depth = 200_000;
  expect(lexWord('${A:-'.repeat(depth) + '}'.repeat(depth)).error).toBe(
    'syntax error: substitutions are nested too deeply',
  );
});

test('reads a megabyte of quotes and escapes in linear time', () => {
  const start = performance.now();
  expect(lexWord(`${'"a$b"\\c'.repeat(150_000)}`).error).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2000);
});

test('splits raw text for here-documents with variables, quotes and escapes left as they stand', () => {
  const raw = { quotes: 'keep', keepEscapes: true } as const;
  expect(splitWords('cat <<"E F" $X ${Y:-z} \\a', raw)).toEqual(['cat', '<<"E F"', '$X', '${Y:-z}', '\\a']);
  expect(splitWords("echo it's <<EOF", raw)).toBeUndefined();
});

test('simplifies a raw word to literal text or to text with variables', () => {
  expect(simplifyWord(createRawWord('"a b"\\$c'))).toBe('a b$c');
  expect(simplifyWord(createRawWord('x${A##*/}'))).toEqual(
    createExpansion(['x', { kind: 'Variable', name: 'A', operator: '##', operand: '*/' }]),
  );
  expect(simplifyWord(createRawWord('it`"s', '`'))).toBe('it"s');
  expect(simplifyWord(createRawWord('say "hi"\n'), { heredocBody: true })).toBe('say "hi"\n');
});

test('keeps a raw word that nothing else says exactly', () => {
  for (const text of ['"a', '${A:=b}', '${A#$B}']) {
    const word = createRawWord(text);
    expect(simplifyWord(word)).toBe(word);
  }
  const quoted = createRawWord('"$PORTS"');
  expect(simplifyWord(quoted, { splits: true })).toBe(quoted);
});
