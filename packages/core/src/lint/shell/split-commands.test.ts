import { expect, test } from 'vitest';
import { splitCommands } from './split-commands.ts';

const words = (text: string): readonly (readonly string[])[] =>
  splitCommands(text).map((command) => command.words);

test.each<[string, readonly (readonly string[])[]]>([
  ['a b && c; d || e & f', [['a', 'b'], ['c'], ['d'], ['e'], ['f']]],
  ['a "b && c" \'d; e\' f\\ g', [['a', 'b && c', 'd; e', 'f g']]],
  ['a $(b | c) `d; e` ${f:-(}', [['a', '$(b | c)', '`d; e`', '${f:-(}']]],
  ['A=1 B="x y" apt-get update', [['apt-get', 'update']]],
  ['(a; b) && { c; }', [['a'], ['b'], ['c']]],
  ['if a; then b; fi', [['a'], ['b'], ['fi']]],
  ['a # b; c\nd', [['a'], ['d']]],
  ['cat <<EOF > /x && b\napt-get install x\nEOF\nc', [['cat', '>', '/x'], ['b'], ['c']]],
  ['a \\\n b', [['a', 'b']]],
  [
    'for a in b; do case "$a" in x|y) c;; (z) d; e;; *) f\nesac; g; done',
    [['for', 'a', 'in', 'b'], ['c'], ['d'], ['e'], ['f'], ['esac'], ['g'], ['done']],
  ],
  ['', []],
  ['"open', [['open']]],
])('cuts %j', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test('knows which commands read from a pipe', () => {
  expect(splitCommands('a | b && c |\n d').map(({ isPiped }) => isPiped)).toEqual([false, true, false, true]);
  expect(splitCommands('case a in b|c) d;; esac').map(({ isPiped }) => isPiped)).toEqual([false, false]);
});

test('is linear', () => {
  const time = (size: number): number => {
    const text = 'echo "a" $(b (c)) \'d\' <<E\nx\nE\n'.repeat(size);
    const started = performance.now();
    splitCommands(text);
    return performance.now() - started;
  };
  time(500);
  expect(time(8000) / Math.max(time(2000), 1)).toBeLessThan(12);
});
