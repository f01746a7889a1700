import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createStopSignal } from '../ast/stop-signal.ts';
import { createUser } from '../ast/user.ts';
import { createExpansion, createRawWord, type Word } from '../ast/word.ts';
import { createWorkdir } from '../ast/workdir.ts';

const variable = { kind: 'Variable', name: 'B' } as const;

test.each<readonly [Word, string]>([
  ['/src', '/src'],
  ['/a b', '"/a b"'],
  ['/a\\b', String.raw`"/a\\b"`],
  ['/$HOME', String.raw`"/\$HOME"`],
  ['--x', '"--x"'],
  ['~', '~'],
  ['über', '"über"'],
  [createExpansion(['/srv/', variable]), '/srv/${B}'],
  [createExpansion(['/a b/', variable]), '"/a b/${B}"'],
  [createRawWord('/a b/$C'), '/a b/$C'],
  [createRawWord('/a\\'), '/a'],
  [createRawWord('--x'), '"--x"'],
])('writes %j', (word, text) => {
  expect(printed(createWorkdir({ path: word }))).toBe(`WORKDIR ${text}`);
  expect(printed(createUser({ user: word }))).toBe(`USER ${text}`);
});

test('keeps backslashes with a backtick as escape token', () => {
  expect(printed(createWorkdir({ path: 'C:\\' }), { escape: '`' })).toBe('WORKDIR C:\\');
});

test.each(['a\nb', 'a\0b', '\uD800'])('refuses %j', (text) => {
  expect(refusals(createUser({ user: text }))).toHaveLength(1);
});

test('refuses an empty value', () => {
  expect(refusals(createWorkdir({ path: '' }))).toEqual(['WORKDIR has no value.']);
});

test.each(['SIGTERM', 'term', '9', 'RTMIN+3', 'SIGRTMAX-1'])('STOPSIGNAL takes %j', (signal) => {
  expect(printed(createStopSignal({ signal }))).toBe(`STOPSIGNAL ${signal}`);
});

test('STOPSIGNAL takes a variable', () => {
  expect(printed(createStopSignal({ signal: createExpansion([variable]) }))).toBe('STOPSIGNAL ${B}');
});

test.each(['SIGNOPE', '0', 'TERM '])('STOPSIGNAL refuses %j', (signal) => {
  expect(refusals(createStopSignal({ signal }))).toEqual([`"${signal}" is not a signal.`]);
});
