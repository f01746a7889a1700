import { expect, test } from 'vitest';
import type { BuildEvent, BuildStep } from './event.ts';
import { summary } from './summary.ts';

const step = (id: string): BuildStep => ({ id, name: `step ${id}` });

test('counts steps once, and finds the share from the cache, the longest step and what was sent', () => {
  const events: BuildEvent[] = [
    { type: 'transfer', name: 'context', sentBytes: 10 },
    { type: 'started', step: step('1'), timeMs: 100 },
    { type: 'cached', step: step('1'), timeMs: 100 },
    { type: 'completed', step: step('1'), intervals: [{ startedMs: 100, completedMs: 101 }] },
    { type: 'transfer', name: 'context', sentBytes: 40 },
    { type: 'transfer', name: 'assets', sentBytes: 2 },
    { type: 'started', step: step('2'), timeMs: 101 },
    { type: 'warning', text: 'careful' },
    {
      type: 'completed',
      step: step('2'),
      intervals: [
        { startedMs: 101, completedMs: 150 },
        { startedMs: 200, completedMs: 301 },
      ],
    },
    { type: 'result', result: { imageId: 'sha256:1', tags: [], engine: 'classic', metadata: {} } },
  ];
  expect(summary(events)).toEqual({
    steps: 2,
    cached: 1,
    failed: 0,
    cachedShare: 0.5,
    longest: { step: step('2'), durationMs: 150 },
    durationMs: 201,
    sentBytes: 42,
    warnings: ['careful'],
    result: { imageId: 'sha256:1', tags: [], engine: 'classic', metadata: {} },
  });
});

test('of nothing is nothing', () => {
  expect(summary([])).toEqual({
    steps: 0,
    cached: 0,
    failed: 0,
    cachedShare: 0,
    durationMs: 0,
    sentBytes: 0,
    warnings: [],
  });
});
