import { expect, test } from 'vitest';
import { createExpansion, createRawWord } from '../ast/word.ts';
import { expandWord, expandWords } from './expand-word.ts';

test('a plain string is literal, whatever is in it', () => {
  expect(expandWord('$A "b" \\c', { A: '1' })).toEqual({ value: '$A "b" \\c', used: [], unset: [] });
});

test('an expansion inserts values and keeps literal text', () => {
  const word = createExpansion(['$x-', { kind: 'Variable', name: 'A', operator: ':-', operand: '"d"' }]);
  expect(expandWord(word, {}).value).toBe('$x-"d"');
  expect(expandWord(word, new Map([['A', "it's"]])).value).toBe("$x-it's");
});

test('tells which variables were used and which are not set', () => {
  const { used, unset } = expandWord(createRawWord('$A${B:-$C}$A'), { A: '1' });
  expect({ used, unset }).toEqual({ used: ['A'], unset: ['C', 'B'] });
});

test('object members are no variables', () => {
  expect(expandWord(createRawWord('[$constructor]'), {}).value).toBe('[]');
  expect(expandWord(createRawWord('$get'), { get: 'x' }).value).toBe('x');
});

test('cuts values at white space but not quoted ones', () => {
  expect(expandWords(createRawWord('$A "$A" x'), { A: '1 2' }).values).toEqual(['1', '2', '1 2', 'x']);
  expect(expandWords('1 2', {}).values).toEqual(['1 2']);
});

test('reports the mistake BuildKit meets first', () => {
  expect(() => expandWord(createRawWord("${A:?unset}'"), {})).toThrow('A: unset');
  expect(() => expandWord(createRawWord("${A:?unset}'"), { A: '1' })).toThrow('matching single-quote');
  expect(() => expandWord(createRawWord('${B:-${A:?unset}'), {})).toThrow("missing '}'");
});

test('an error names the word and carries the place', () => {
  const where = { line: 3, column: 1 };
  expect(() => expandWord(createRawWord('${A:?no A}'), {}, { where })).toThrow(
    expect.objectContaining({
      code: 'evaluation-error',
      message: 'Can\'t expand "${A:?no A}": A: no A.',
      where,
    }),
  );
});

test.each([
  ["${A//b/'[$0$0]'}", 'a[bb]c'],
  ["${A//b/'$1x'}", 'ac'],
  ["${A//b/'$$'}", 'a$c'],
  ["${A//b/'${0}y'}", 'abyc'],
  ["${A//b/'${0y'}", 'a${0yc'],
  ["${A/b/'$0'}", 'a$0c'],
])('%s on "abc" gives %s, as Go fills its templates', (text, value) => {
  expect(expandWord(createRawWord(text), { A: 'abc' }).value).toBe(value);
});
