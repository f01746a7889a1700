import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineUnderTest } from './engine-under-test.ts';
import { createFaultyLine, type Fault } from './faults.ts';
import { isRunning } from './processes.ts';
import { requestOf, runBuild, uniqueTag } from './requests.ts';

/** How many faults to cause: a size for every run, and a large one on demand. */
export const faultCounts: { readonly cuts: number; readonly blackHoles: number; readonly aborts: number } =
  process.env['STAGECRAFT_FAULTS'] === 'many'
    ? { cuts: 1000, blackHoles: 100, aborts: 1000 }
    : { cuts: 300, blackHoles: 30, aborts: 100 };

export interface FaultFigures {
  readonly kind: string;
  readonly trials: number;
  /** Trials in which the fault really happened. */
  readonly fired: number;
  readonly succeeded: number;
  /** Builds that said "success" although the engine has no such image. */
  readonly falseSuccesses: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
}

const idleTimeoutMs = 500;

function faultyBuild(index: number, tag: string): ReturnType<typeof requestOf> {
  return requestOf({
    dockerfile: `FROM busybox:local\nCOPY . /files\nRUN --mount=type=secret,id=s,required sleep 0.1 && echo ${index % 7}\n`,
    files: { a: 'x'.repeat(40_000), b: String(index) },
    identity: `faults ${index % 5}`,
    options: {
      tags: [tag],
      outputs: [{ type: 'load' }],
      secrets: [{ id: 's', value: async () => Buffer.from('for the faults') }],
      deadlines: { idleTimeoutMs, connectTimeoutMs: idleTimeoutMs },
    },
  });
}

/** Bytes that pass in each direction when nothing goes wrong and the engine is warm. */
async function measureTraffic(engine: EngineUnderTest): Promise<{ up: number; down: number }> {
  let { passed } = createFaultyLine({ kind: 'none' });
  for (const index of [0, 1]) {
    const line = createFaultyLine({ kind: 'none' });
    const measured = engine.create({ dial: async () => line.wrap(await engine.dial()) });
    const tag = uniqueTag();
    await runBuild(measured, faultyBuild(index, tag));
    await engine.docker.remove(tag);
    passed = line.passed;
  }
  return passed;
}

/** Runs builds whose connections break at places spread over all that passes, until enough of them did break. */
export async function runFaults(
  engine: EngineUnderTest,
  kind: 'cut' | 'black-hole',
  wanted: number,
  parallel: number,
): Promise<FaultFigures> {
  const traffic = await measureTraffic(engine);
  const codes: Record<string, number> = {};
  const figures = { trials: 0, fired: 0, succeeded: 0, falseSuccesses: 0, slowestMs: 0 };
  const trial = async (index: number): Promise<void> => {
    const direction = index % 2 === 0 ? 'up' : 'down';
    // A golden-ratio stride visits every region of the traffic and no place twice.
    const afterBytes = 1 + Math.floor(((index * 0.618_033_988_749) % 1) * 0.97 * traffic[direction]);
    const fault: Fault = {
      kind: kind === 'cut' && index % 3 === 0 ? 'half-close' : kind,
      afterBytes,
      direction,
    };
    let firedAt: number | undefined;
    const line = createFaultyLine(fault, () => {
      firedAt = performance.now();
    });
    const dial = async (): Promise<Duplex> => line.wrap(await engine.dial());
    const tag = uniqueTag();
    const outcome: unknown = await runBuild(engine.create({ dial }), faultyBuild(index, tag)).catch(
      (error: unknown) => error,
    );
    figures.trials += 1;
    if (firedAt !== undefined) {
      figures.fired += 1;
      figures.slowestMs = Math.max(figures.slowestMs, performance.now() - firedAt);
    }
    const code = outcome instanceof Error ? String((outcome as { code?: unknown }).code) : 'success';
    codes[code] = (codes[code] ?? 0) + 1;
    if (code === 'success') {
      figures.succeeded += 1;
      // The last bytes only say goodbye, so a build may well succeed; then its image must be there.
      if ((await engine.docker.inspect(tag)) === undefined) figures.falseSuccesses += 1;
    }
    await engine.docker.remove(tag);
  };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (figures.fired < wanted && next < wanted * 3) await trial(next++);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return { kind, codes, ...figures };
}

export interface AbortFigures {
  readonly trials: number;
  readonly slowestMs: number;
  readonly slowestStopMs: number;
  readonly leftRunning: number;
  readonly codes: Readonly<Record<string, number>>;
}

/** Aborts builds at moments spread over a build; looks for processes that go on. */
export async function runAborts(engine: EngineUnderTest, trials: number): Promise<AbortFigures> {
  const codes: Record<string, number> = {};
  let slowestMs = 0;
  let slowestStopMs = 0;
  let leftRunning = 0;
  for (let index = 0; index < trials; index += 1) {
    const word = `41.${process.pid}${String(index).padStart(4, '0')}`;
    const abort = new AbortController();
    const request = requestOf({
      dockerfile: `FROM busybox:local\nCOPY . /files\nRUN sleep ${word}\n`,
      files: { a: 'x'.repeat(100_000), b: word },
      identity: 'aborts',
      options: { outputs: [{ type: 'none' }] },
    });
    const build = runBuild(engine.create(), request, [], abort.signal).catch((error: unknown) => error);
    await sleep((index % 25) * 16);
    const started = performance.now();
    abort.abort();
    const outcome = (await build) as { code?: unknown };
    slowestMs = Math.max(slowestMs, performance.now() - started);
    codes[String(outcome.code)] = (codes[String(outcome.code)] ?? 0) + 1;
    while (isRunning(word) && performance.now() - started < 2000) await sleep(5);
    slowestStopMs = Math.max(slowestStopMs, performance.now() - started);
    if (await staysRunning(word)) leftRunning += 1;
  }
  return { trials, slowestMs, slowestStopMs, leftRunning, codes };
}

/** A process that is on its way out when it is seen is not left behind. */
async function staysRunning(word: string): Promise<boolean> {
  for (let look = 0; look < 4; look += 1) {
    if (!isRunning(word)) return false;
    await sleep(250);
  }
  return true;
}
