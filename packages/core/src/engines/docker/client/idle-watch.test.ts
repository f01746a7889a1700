import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type IdleWatch, watchIdle } from './idle-watch.ts';

let watch: IdleWatch | undefined;
afterEach(() => watch?.stop());

function start(idleTimeoutMs: number, probe: (signal: AbortSignal) => Promise<number>): number[] {
  const silences: number[] = [];
  watch = watchIdle({ idleTimeoutMs, probe, onSilent: (silentMs) => silences.push(silentMs) });
  return silences;
}

describe('idle watch', () => {
  test('tells once, about the limit after the last sign', async () => {
    const silences = start(200, () => Promise.reject(new Error('nobody there')));
    await sleep(100);
    watch?.touch();
    await sleep(150);
    expect(silences).toEqual([]);
    await sleep(500);
    expect(silences).toHaveLength(1);
    expect(silences[0]).toBeGreaterThanOrEqual(200);
    expect(silences[0]).toBeLessThan(1000);
  });

  test('a probe that never answers makes no difference', async () => {
    const silences = start(
      200,
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
    );
    await sleep(900);
    expect(silences).toHaveLength(1);
    expect(silences[0]).toBeLessThan(200 + 1000);
  });

  test('a probe that does not even end when it is told to makes no difference either', async () => {
    const silences = start(200, () => new Promise(() => {}));
    await sleep(900);
    expect(silences).toHaveLength(1);
  });

  test('an answer that comes a little after the limit still counts', async () => {
    const silences = start(200, async () => {
      await sleep(250);
      return Number.POSITIVE_INFINITY;
    });
    await sleep(1000);
    expect(silences).toEqual([]);
  });

  test('seen at work means heard, for as long as it is seen', async () => {
    let working = true;
    const silences = start(200, async () => (working ? Number.POSITIVE_INFINITY : 0));
    await sleep(900);
    expect(silences).toEqual([]);
    working = false;
    await sleep(600);
    expect(silences).toHaveLength(1);
  });

  test('the probe can grant some more time', async () => {
    const silences = start(100, async () => 500);
    await sleep(350);
    expect(silences).toEqual([]);
    await sleep(500);
    expect(silences).toHaveLength(1);
  });

  test('a process that was busy itself does not blame the engine', async () => {
    const silences = start(200, () => Promise.reject(new Error('nobody there')));
    const until = Date.now() + 600;
    while (Date.now() < until);
    await sleep(100);
    expect(silences).toEqual([]);
  });

  test('says nothing once it is stopped', async () => {
    const silences = start(100, () => Promise.reject(new Error('nobody there')));
    watch?.stop();
    await sleep(300);
    expect(silences).toEqual([]);
  });
});
