import { type BuildEvent, type BuildStep, neutralise } from '@stagecraft/core/build';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { frame } from './frame.ts';
import { createScreen, type Screen, update } from './screen.ts';

const step = (id: string, name: string, line?: number): BuildStep => ({
  id,
  name,
  ...(line !== undefined && { where: { file: '/home/me/image.ts', line, column: 1 } }),
});
const screenAfter = (...events: readonly BuildEvent[]): Screen => {
  const screen = createScreen();
  for (const event of events) update(screen, event, 1_000);
  return screen;
};
const started = (id: string, name: string, line?: number): BuildEvent => ({
  type: 'started',
  step: step(id, name, line),
  timeMs: 0,
});
const log = (id: string, text: string): BuildEvent => ({
  type: 'log',
  step: step(id, id),
  stream: 'stdout',
  text,
  timeMs: 0,
});
const options = { columns: 60, nowMs: 3_500, startedMs: 0, isColored: false };

test('shows steps with their time, the tail of the running one, amounts and what is sent', () => {
  const screen = screenAfter(
    started('a', '[build 1/3] FROM golang:1.26', 2),
    { type: 'cached', step: step('a', ''), timeMs: 0 },
    { type: 'completed', step: step('a', ''), intervals: [{ startedMs: 0, completedMs: 900 }] },
    started('b', '[build 2/3] COPY . .', 3),
    { type: 'completed', step: step('b', ''), intervals: [{ startedMs: 0, completedMs: 1_200 }] },
    started('c', '[build 3/3] RUN go build', 4),
    ...['one', 'two', 'three', 'four', 'five'].map((text) => log('c', text)),
    started('d', '[final 1/2] FROM debian:trixie', 6),
    {
      type: 'progress',
      step: step('d', ''),
      label: 'sha256:1',
      current: 18_200_000,
      total: 44_100_000,
      timeMs: 0,
    },
    { type: 'transfer', name: 'context', sentBytes: 2_000 },
    { type: 'warning', text: 'The engine is old.' },
  );
  expect(`${frame(screen, options).join('\n')}\n`).toBe(
    [
      ' building · 2 of 4 steps, 1 cached                     3.5s',
      ' ✔ [build 1/3] FROM golang:1.26          image.ts:2  cached',
      ' ✔ [build 2/3] COPY . .                  image.ts:3    1.2s',
      ' ⠴ [build 3/3] RUN go build              image.ts:4    2.5s',
      '     two',
      '     three',
      '     four',
      '     five',
      ' ⠴ [final 1/2] FROM deb…  image.ts:6  18.2MB / 44.1MB  2.5s',
      ' ↑ context  2.0kB',
      ' ! The engine is old.',
      '',
    ].join('\n'),
  );
});

test('no line is wider than the terminal, whatever the text', () => {
  const texts = [
    'x'.repeat(300),
    '漢字'.repeat(100),
    '👩‍👩‍👧‍👦'.repeat(80),
    'a\tb'.repeat(50),
    '\u001b[31mred\u001b[0m\u0007',
  ];
  const events = texts.flatMap((text) => [started(text, `RUN ${text}`, 12), log(text, neutralise(text))]);
  for (const columns of [1, 2, 10, 40, 80, 200]) {
    for (const line of frame(screenAfter(...events), { ...options, columns })) {
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(neutralise(line)).toBe(line);
      expect(line).not.toContain('\t');
    }
  }
});

test('stays within the height: the oldest finished steps go first, what runs stays', () => {
  const finished = Array.from({ length: 30 }, (_, index) => [
    started(`f${index}`, `finished ${index}`),
    { type: 'completed', step: step(`f${index}`, ''), intervals: [] } as const,
  ]).flat();
  const screen = screenAfter(...finished, started('r', 'running'), log('r', 'output'));
  const lines = frame(screen, { ...options, rows: 8 });
  expect(lines).toHaveLength(8);
  expect(lines[1]).toBe(' … 26 finished steps');
  expect(lines[2]).toContain('finished 26');
  expect(lines.at(-1)).toBe('     output');
  expect(frame(screen, options)).toHaveLength(33);
  for (let rows = 2; rows < 40; rows += 1)
    expect(frame(screen, { ...options, rows }).length).toBeLessThanOrEqual(rows);
});
