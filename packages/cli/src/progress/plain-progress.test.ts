import { expect, test } from 'vitest';
import { createPlainProgress } from './plain-progress.ts';

test('numbers steps, names the line of the user and keeps logs in order', () => {
  const lines: string[] = [];
  const show = createPlainProgress((line) => lines.push(line));
  const step = { id: 'a', name: '[1/1] RUN make', where: { file: '/home/me/image.ts', line: 4, column: 2 } };
  const other = { id: 'b', name: '[2/2] COPY . .' };
  show({ type: 'started', step, timeMs: 0 });
  show({ type: 'cached', step: other, timeMs: 1 });
  show({ type: 'log', step, stream: 'stdout', text: 'hello', timeMs: 2 });
  show({ type: 'completed', step, intervals: [{ startedMs: 0, completedMs: 1500 }] });
  expect(lines).toEqual([
    '#1 [1/1] RUN make  (image.ts:4)',
    '#2 [2/2] COPY . .',
    '#2 CACHED',
    '#1 0.002 hello',
    '#1 DONE 1.5s',
  ]);
});
