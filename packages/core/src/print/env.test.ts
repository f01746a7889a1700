import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createEnv } from '../ast/env.ts';
import { createExpansion, createRawWord, type VariableReference, type Word } from '../ast/word.ts';

const env = (value: Word, key: Word = 'A') => createEnv({ pairs: [[key, value]] });
const variable = (fields: Omit<VariableReference, 'kind'>): VariableReference => ({
  kind: 'Variable',
  ...fields,
});
const expansion = (...parts: readonly (string | VariableReference)[]) => createExpansion(parts);

test.each<readonly [Word, string]>([
  ['1', 'ENV A=1'],
  ['/usr/local/bin:/bin', 'ENV A=/usr/local/bin:/bin'],
  ['', 'ENV A=""'],
  ['a b', 'ENV A="a b"'],
  [' a ', 'ENV A=" a "'],
  ['say "hi"', String.raw`ENV A="say \"hi\""`],
  ["it's", `ENV A="it's"`],
  ['$HOME', String.raw`ENV A="\$HOME"`],
  ['C:\\dir', String.raw`ENV A="C:\\dir"`],
  ['end\\', String.raw`ENV A="end\\"`],
  ['`date`', 'ENV A="`date`"'],
  ['--flag', 'ENV A="--flag"'],
  ['#x', 'ENV A="#x"'],
  ['a=b', 'ENV A=a=b'],
  ['tab\there', 'ENV A="tab\there"'],
  ['cr\r', 'ENV A="cr\r"'],
  ['über\u00a0\u2028💡', 'ENV A="über\u00a0\u2028💡"'],
  ['<<EOF', 'ENV A="<<EOF"'],
  [expansion('/go/', variable({ name: 'B' })), 'ENV A="/go/${B}"'],
  [expansion(variable({ name: 'B' })), 'ENV A="${B}"'],
  [expansion('$', variable({ name: 'B' }), '"'), String.raw`ENV A="\$${'$'}{B}\""`],
  [expansion(variable({ name: 'B', operator: ':-', operand: 'x y' })), String.raw`ENV A="${'$'}{B:-x\ y}"`],
  [
    expansion(variable({ name: 'B', operator: ':+', operand: '}"\'$\\' })),
    String.raw`ENV A="${'$'}{B:+\}\"\'\$\\}"`,
  ],
  [expansion(variable({ name: 'B', operator: ':?', operand: '' })), 'ENV A="${B:?}"'],
  [
    expansion(variable({ name: 'B', operator: ':-', operand: expansion('x', variable({ name: 'C' })) })),
    'ENV A="${B:-x${C}}"',
  ],
  [expansion(variable({ name: 'B', operator: '##', operand: '*/' })), 'ENV A="${B##*/}"'],
  [expansion(variable({ name: 'B', operator: '%', operand: '.gz' })), 'ENV A="${B%.gz}"'],
  [expansion(variable({ name: 'B', operator: '//', operand: 'a', replacement: 'b' })), 'ENV A="${B//a/b}"'],
  [expansion(variable({ name: 'B', operator: '-', operand: 'x' })), 'ENV A="${B-x}"'],
  [createRawWord(`a' 'b"$C"`), `ENV A=a' 'b"$C"`],
  [createRawWord('two words'), 'ENV A="two words"'],
  [createRawWord('end\\'), 'ENV A=end'],
])('writes %j so that it reads back', (value, line) => {
  expect(printed(env(value))).toBe(line);
});

test.each<readonly [Word, string]>([
  ['C:\\dir', 'ENV A=C:\\dir'],
  ['end\\', 'ENV A=end\\'],
  ['`$"', 'ENV A="```$`""'],
  [createRawWord('a`b', '`'), 'ENV A=a`b'],
  [createRawWord('a\\ b', '\\'), 'ENV A="a b"'],
])('escapes %j with a backtick', (value, line) => {
  expect(printed(env(value), { escape: '`' })).toBe(line);
});

test('puts each pair on a line of its own', () => {
  const node = createEnv({
    pairs: [
      ['A', '1'],
      ['B', 'x y'],
    ],
  });
  expect(printed(node)).toBe('ENV A=1 \\\n    B="x y"');
  expect(printed(node, { escape: '`' })).toBe('ENV A=1 `\n    B="x y"');
  expect(printed(node, { lineWidth: Number.POSITIVE_INFINITY })).toBe('ENV A=1 B="x y"');
});

test.each<readonly [Word, string]>([
  ['a\nb', String.raw`The ENV value "a\nb" holds a line break, which a Dockerfile cannot express there.`],
  ['a\0', String.raw`The ENV value "a\u0000" holds a NUL character, which no program can receive there.`],
  [
    '\uD800x',
    String.raw`The ENV value "\ud800x" holds half of a surrogate pair, which UTF-8 cannot express.`,
  ],
  [
    expansion('a\n', variable({ name: 'B' })),
    String.raw`The ENV value "a\n" holds a line break, which a Dockerfile cannot express there.`,
  ],
  [
    expansion(variable({ name: 'B', operator: '#', operand: '"' })),
    'The ENV value cannot hold "${B#"}": the Dockerfile would read something else.',
  ],
  [expansion(variable({ name: 'a-b' })), '"a-b" is not a variable name.'],
  [createRawWord("it's"), 'The ENV value "it\'s" cannot be written there as it stands.'],
])('refuses %j', (value, message) => {
  expect(refusals(env(value))).toEqual([message]);
});

test.each(['', 'a=b'])('refuses the key %j', (key) => {
  expect(refusals(env('x', key))).toEqual([`ENV cannot have the key "${key}".`]);
});

test('writes a key that needs quotes', () => {
  expect(printed(env('x', '--a b'))).toBe('ENV "--a b"=x');
});

test('reports every pair that cannot be written', () => {
  const node = createEnv({
    pairs: [
      ['A', '\n'],
      ['B', '\0'],
    ],
  });
  expect(refusals(node)).toHaveLength(2);
});

test('refuses ENV without pairs', () => {
  expect(refusals(createEnv({ pairs: [] }))).toEqual(['ENV has no pairs.']);
});
