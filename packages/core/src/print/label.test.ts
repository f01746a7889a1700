import { expect, test } from 'vitest';
import { printed, refusals } from '../../test/printed.ts';
import { createLabel } from '../ast/label.ts';

test.each([
  ['org.opencontainers.image.title', 'my app', 'LABEL org.opencontainers.image.title="my app"'],
  ["it's", 'x', `LABEL "it's"=x`],
  ['--flag', 'x', 'LABEL "--flag"=x'],
  ['#a', 'x', 'LABEL "#a"=x'],
  ['a\u00a0b', 'x', 'LABEL "a\u00a0b"=x'],
  ['${A:-"q"}', 'x', String.raw`LABEL "\${'$'}{A:-\"q\"}"=x`.replace("${'$'}", '$')],
])('writes the key %j with the value %j', (key, value, line) => {
  expect(printed(createLabel({ pairs: [[key, value]] }))).toBe(line);
});

test('aligns several pairs', () => {
  const node = createLabel({
    pairs: [
      ['a', '1'],
      ['b', '2'],
    ],
  });
  expect(printed(node)).toBe('LABEL a=1 \\\n      b=2');
});

test('refuses a key with "=" in it', () => {
  expect(refusals(createLabel({ pairs: [['a=b', 'x']] }))).toEqual(['LABEL cannot have the key "a=b".']);
});
