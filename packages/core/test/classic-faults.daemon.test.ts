import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureDaemon } from '../../../scripts/daemon.mjs';
import { classic } from '../src/engines/index.ts';
import { type Outcome, outcomeOf, requestFor } from './engine-support/classic-request.ts';
import { type Fault, startFaultProxy } from './engine-support/fault-proxy.ts';

const run = promisify(execFile);
const many = process.env['STAGECRAFT_FAULTS'] === 'full';
const cuts = many ? 1000 : 300;
const blackHoles = many ? 100 : 30;
const idleTimeoutMs = 500;
const instructions = ['FROM scratch', 'COPY . /', 'LABEL step=one', 'ENV STEP=two', 'CMD ["/a"]'];
const files = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [`file-${index}`, 'x'.repeat(4000)]),
);
const expected = new Set([
  ...['connection-lost', 'engine-unreachable', 'idle-timeout', 'engine-protocol', 'result-missing'],
]);

let target = '';
let totalBytes = 0;
let usualMs = 0;
const unhandled: unknown[] = [];
const remember = (error: unknown): void => void unhandled.push(error);

beforeAll(async () => {
  const daemon = await ensureDaemon();
  target = daemon.socketPath ?? '';
  process.on('unhandledRejection', remember);
  process.on('uncaughtException', remember);
  const proxy = await startFaultProxy(target, { kind: 'none', afterBytes: 0 });
  const request = await requestFor(instructions, { files });
  await outcomeOf(classic({ host: proxy.address }), request);
  const before = proxy.passedBytes;
  // The second build takes its steps from the cache, as all that follow do.
  const { error, durationMs } = await outcomeOf(classic({ host: proxy.address }), request);
  expect(error).toBeUndefined();
  usualMs = durationMs;
  totalBytes = proxy.passedBytes - before;
  await proxy.close();
});

afterAll(() => {
  process.off('unhandledRejection', remember);
  process.off('uncaughtException', remember);
});

/** Offsets spread over the conversation, not at random: a failure can be repeated. Every other one hits the answer. */
function offset(index: number): number {
  const share = (index * 0.618034) % 1;
  const answerBytes = Math.min(totalBytes, 6000);
  if (index % 4 < 2) return 1 + Math.floor(share * (totalBytes - 100));
  return totalBytes - 100 - Math.floor(share * (answerBytes - 200));
}

async function strike(fault: Fault): Promise<{ fired: boolean; code: string; durationMs: number }> {
  const proxy = await startFaultProxy(target, fault);
  try {
    const request = await requestFor(instructions, { files, deadlines: { idleTimeoutMs } });
    const outcome = await outcomeOf(classic({ host: proxy.address }), request);
    return { fired: proxy.fired, code: await codeOf(outcome), durationMs: outcome.durationMs };
  } finally {
    await proxy.close();
  }
}

/** The code of the error; for one that must not come, with its message. A success counts when the image is there. */
async function codeOf({ error, result }: Outcome): Promise<string> {
  if (error === undefined) {
    if (result?.imageId === undefined) return 'nothing';
    const found = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', result.imageId]);
    return found.stdout.trim() === result.imageId ? 'success' : 'false success';
  }
  return expected.has(error.code ?? '') ? String(error.code) : `${error.code}: ${error.message}`;
}

describe('classic engine with faults on the way to a real daemon', () => {
  test(`${cuts} cut connections reject, none is a false success`, async () => {
    const kinds = ['destroy', 'half-close'] as const;
    const seen = new Map<string, number>();
    let fired = 0;
    for (let index = 0; index < cuts; index += 1) {
      const fault = { kind: kinds[index % 2] ?? 'destroy', afterBytes: offset(index) };
      const outcome = await strike(fault);
      if (!outcome.fired) continue;
      fired += 1;
      seen.set(outcome.code, (seen.get(outcome.code) ?? 0) + 1);
    }
    console.log(`cuts: ${fired} fired of ${cuts}`, Object.fromEntries(seen), `over ${totalBytes} bytes`);
    expect(fired).toBe(cuts);
    // A cut that only hits a question about the engine's health costs the build nothing.
    expect([...seen.keys()].filter((code) => code !== 'success' && !expected.has(code))).toEqual([]);
    expect(seen.get('success') ?? 0).toBeLessThan(cuts / 20);
    expect(unhandled).toEqual([]);
  });

  // An engine that still answers elsewhere may only be busy, and gets a second idle limit.
  test(`${blackHoles} black holes end within the idle limit and a second`, async () => {
    const seen = new Map<string, number>();
    const slowestMs = { 1: 0, 2: 0 };
    for (let index = 0; index < blackHoles; index += 1) {
      const fault = {
        kind: index % 3 === 2 ? 'swallow-one' : 'swallow-all',
        afterBytes: offset(index),
      } as const;
      const outcome = await strike(fault);
      expect(outcome.fired).toBe(true);
      seen.set(outcome.code, (seen.get(outcome.code) ?? 0) + 1);
      const limits = fault.kind === 'swallow-one' ? 2 : 1;
      slowestMs[limits] = Math.max(slowestMs[limits], outcome.durationMs);
    }
    const figures = `slowest ${Math.round(slowestMs[1])} ms, ${Math.round(slowestMs[2])} ms with a live engine`;
    console.log(`black holes: ${blackHoles} fired, ${figures}`, Object.fromEntries(seen));
    expect([...seen.keys()]).toEqual(['idle-timeout']);
    for (const limits of [1, 2] as const) {
      expect(slowestMs[limits]).toBeLessThan(usualMs + idleTimeoutMs + 1000);
    }
    expect(unhandled).toEqual([]);
  });
});
