import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BuildEvent } from '../build/event.ts';
import { createPlanning, type Planning } from './build-planned.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'stagecraft-planned-'));
  writeFileSync(join(directory, 'a'), 'a');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const result: BuildEvent = { type: 'result', result: { tags: [], engine: 'none', metadata: {} } };
const spelledOut = async (): Promise<'spelled-out'> => 'spelled-out';

async function typesOf(
  planning: Planning,
  build: (signal: AbortSignal) => AsyncIterable<BuildEvent>,
): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const event of planning.run(build)) types.push(event.type);
  return types;
}

test('an engine gets the entries once they are known, and its result comes after the warnings', async () => {
  const planning = createPlanning(spelledOut);
  const source = planning.add({ directory, reads: [{ source: 'missing', kind: 'copy' }] });
  expect(source.identity).toMatch(/^[0-9a-f]{64}$/u);
  expect(source.totals).toBeUndefined();
  const types = await typesOf(planning, async function* () {
    yield result;
  });
  expect(types).toEqual(['warning', 'result']);
  expect(source.totals).toEqual({ files: 0, bytes: 0 });
});

test('a plan that fails stops the build and is what is told', async () => {
  const planning = createPlanning(spelledOut);
  planning.add({ directory, files: { 'a/b': 'below a file' } });
  let stopped = false;
  const running = typesOf(planning, async function* (signal) {
    try {
      await sleep(5000, undefined, { signal });
    } finally {
      stopped = signal.aborted;
    }
    yield result;
  });
  await expect(running).rejects.toMatchObject({ code: 'invalid-options' });
  expect(stopped).toBe(true);
});

test('a build that fails ends its plans', async () => {
  const large = mkdtempSync(join(directory, 'large-'));
  for (let index = 0; index < 3000; index += 1) writeFileSync(join(large, `f${index}`), '');
  const planning = createPlanning(spelledOut);
  const source = planning.add({ directory: large });
  // biome-ignore lint/correctness/useYield: the build fails before its first event.
  const running = typesOf(planning, async function* () {
    throw new Error('refused');
  });
  await expect(running).rejects.toThrow('refused');
  const reading = async (): Promise<void> => {
    for await (const _ of source.entries());
  };
  await expect(reading()).rejects.toMatchObject({ code: 'aborted' });
  expect(source.totals).toBeUndefined();
});

test('the engine is only asked how it reads ignore files when one brings something back', async () => {
  const asked: string[] = [];
  for (const ignore of ['a', 'a\n!**/b']) {
    const planning = createPlanning(async () => {
      asked.push(ignore);
      return 'anywhere';
    });
    planning.add({ directory, ignore });
    await typesOf(planning, async function* () {
      yield result;
    });
  }
  expect(asked).toEqual(['a\n!**/b']);
});
