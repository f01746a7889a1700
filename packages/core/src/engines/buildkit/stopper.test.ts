import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createStopper } from './stopper.ts';

function counting(): { stops: number; stopper: ReturnType<typeof createStopper> } {
  const state = { stops: 0, stopper: createStopper(() => {}) };
  state.stopper = createStopper(() => {
    state.stops += 1;
  });
  return state;
}

test('stops a steady build at once', () => {
  const state = counting();
  state.stopper.stop();
  expect(state.stops).toBe(1);
});

test('gives a build in motion a moment, but not more than that', async () => {
  const state = counting();
  const started = performance.now();
  state.stopper.noteChange();
  state.stopper.stop();
  expect(state.stops).toBe(0);
  while (state.stops === 0) {
    await sleep(5);
    state.stopper.noteChange();
  }
  expect(performance.now() - started).toBeGreaterThan(100);
  expect(performance.now() - started).toBeLessThan(230);
});

test('stops nothing that has ended by itself', async () => {
  const state = counting();
  state.stopper.noteChange();
  state.stopper.stop();
  state.stopper.end();
  await sleep(200);
  expect(state.stops).toBe(0);
});
