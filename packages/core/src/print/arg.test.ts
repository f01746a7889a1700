import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createArg } from '../ast/arg.ts';

test.each([
  [createArg({ args: [{ name: 'A' }] }), 'ARG A'],
  [createArg({ args: [{ name: 'A', default: '' }] }), 'ARG A=""'],
  [createArg({ args: [{ name: 'A', default: 'x y' }] }), 'ARG A="x y"'],
  [createArg({ args: [{ name: 'A' }, { name: 'B', default: '$' }] }), String.raw`ARG A B="\$"`],
])('prints %j', (node, line) => {
  expect(printed(node)).toBe(line);
});

test.each(['', 'a b', '--a', 'a=b', '"a"', '$a', '#a'])('refuses the name %j', (name) => {
  expect(refusals(createArg({ args: [{ name }] }))).toEqual([`"${name}" is not an argument name.`]);
});

test('refuses a default with a line break', () => {
  expect(refusals(createArg({ args: [{ name: 'A', default: '\n' }] }))).toEqual([
    String.raw`The ARG default "\n" holds a line break, which a Dockerfile cannot express there.`,
  ]);
});
