import { execFile } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Dockerode from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBases } from '../../../scripts/bases.mjs';
import { ensureDaemon } from '../../../scripts/daemon.mjs';
import type { BuildFailure } from '../src/build/failure.ts';
import { classic } from '../src/engines/index.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import { runPool } from './context-support/pool.ts';
import { outcomeOf, requestFor } from './engine-support/classic-request.ts';
import { startFaultProxy } from './engine-support/fault-proxy.ts';
import { isRunning } from './engines/support/processes.ts';

const run = promisify(execFile);
const prefix = `stagecraft-classic-${randomBytes(4).toString('hex')}`;
const aborts = 100;
let socketPath = '';

beforeAll(async () => {
  await ensureBases(['busybox:local']);
  socketPath = (await ensureDaemon()).socketPath ?? '';
});

afterAll(async () => {
  // By tag: an image that another one was built on can't be removed by its id.
  const { stdout } = await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}', `${prefix}*`]);
  const ours = stdout.split('\n').filter((tag) => tag !== '');
  if (ours.length > 0) await run('docker', ['rmi', '--force', ...ours]);
});

/** Containers whose command holds `mark`, running or not. */
async function containersWith(mark: string): Promise<readonly string[]> {
  const { stdout } = await run('docker', ['ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.Command}}']);
  return stdout.split('\n').filter((line) => line.includes(mark));
}

async function processesWith(mark: string): Promise<number> {
  const { stdout } = await run('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(mark) && !line.includes('ps -eo')).length;
}

describe('classic engine on a real daemon', () => {
  test('builds, tags and reports the id that the daemon shows', async () => {
    const tags = [`${prefix}:one`, `${prefix}:two`];
    const request = await requestFor(['FROM busybox:local', 'COPY . /x', 'RUN cat /x/a'], {
      files: { a: 'hello\n' },
      tags,
      labels: { made: 'here' },
    });
    const { result, events } = await outcomeOf(classic(), request);
    const { stdout } = await run('docker', [
      'inspect',
      '--format',
      '{{.Id}} {{.Config.Labels.made}}',
      tags[1] ?? '',
    ]);
    expect(stdout.trim()).toBe(`${result?.imageId} here`);
    expect(result).toMatchObject({ engine: 'classic', tags });
    const logs = events.filter((event) => event.type === 'log').map((event) => event.text);
    expect(logs).toEqual(['hello']);
  });

  test('keeps the Dockerfile and its ignore file out of what COPY . copies', async () => {
    const request = await requestFor(['FROM busybox:local', 'COPY . /x', 'RUN ls -A /x'], {
      files: { a: '1' },
      noCache: true,
    });
    const { events } = await outcomeOf(classic(), request);
    expect(events.filter((event) => event.type === 'log').map((event) => event.text)).toEqual(['a']);
  });

  test('names steps by stage and TypeScript line and says what came from the cache', async () => {
    const request = await requestFor(['FROM busybox:local', `ENV MARK=${prefix}`]);
    await outcomeOf(classic(), request);
    const { events } = await outcomeOf(classic(), request);
    const cached = events.filter((event) => event.type === 'cached');
    expect(cached.map(({ step }) => [step.name, step.stage, step.where?.line, step.dockerfileLine])).toEqual([
      [`[app 2/2] ENV MARK=${prefix}`, 'app', 11, 2],
    ]);
  });

  test('warns of the cache fault of old engines, but not when the cache is off', async () => {
    const warnings = async (noCache: boolean): Promise<number> => {
      const request = await requestFor(['FROM scratch', `LABEL a=${prefix}`], { noCache });
      const { events } = await outcomeOf(classic(), request);
      return events.filter((event) => event.type === 'warning' && event.text.includes('CVE-2024-24557'))
        .length;
    };
    const { stdout } = await run('docker', ['version', '--format', '{{.Server.Version}}']);
    expect(await warnings(false)).toBe(Number.parseInt(stdout, 10) < 23 ? 1 : 0);
    expect(await warnings(true)).toBe(0);
  });

  test('rejects a failing RUN with its exit code, its last lines and both places', async () => {
    const mark = `echo ${prefix}-fail`;
    const request = await requestFor(['FROM busybox:local', `RUN ${mark}; echo err >&2; exit 7`]);
    const { error } = await outcomeOf(classic(), request);
    expect(error).toMatchObject({ code: 'build-failed', where: { file: 'image.ts', line: 11 } });
    expect(error?.message).toContain('(Dockerfile line 2) failed with exit code 7.');
    const failure = error?.cause as BuildFailure;
    expect(failure).toMatchObject({ exitCode: 7, dockerfileLine: 2, where: { line: 11 } });
    expect([...failure.logTail].sort()).toEqual([`${prefix}-fail`, 'err'].sort());
    expect(await containersWith(mark)).toEqual([]);
  });

  test('rejects a missing COPY source, an unreadable Dockerfile, an unknown base and an unknown target', async () => {
    const fail = async (instructions: readonly string[], options = {}): Promise<string | undefined> => {
      const { error } = await outcomeOf(classic(), await requestFor(instructions, options));
      return isStagecraftError(error) ? `${error.code} ${error.where?.line ?? '-'}` : String(error);
    };
    expect(await fail(['FROM busybox:local', 'COPY nope /x'])).toBe('build-failed 11');
    expect(await fail(['FROM busybox:local', 'NOPE x'])).toBe('build-failed 11');
    expect(await fail(['FROM 127.0.0.1:1/no/such:image'])).toBe('build-failed 10');
    expect(await fail(['FROM busybox:local'], { target: 'nope' })).toMatch(
      /^(?:engine-refused|build-failed)/u,
    );
  });

  test('refuses what only BuildKit has, all of it at once, before anything is sent', async () => {
    const request = await requestFor(['FROM scratch', 'LABEL a=b'], {
      secrets: [{ id: 'token', value: async () => undefined }],
      platforms: ['linux/amd64', 'linux/arm64'],
    });
    const { error, events } = await outcomeOf(classic({ host: 'unix:///nowhere' }), request);
    expect(error).toMatchObject({ code: 'graph-problems' });
    expect(error?.message).toContain('a build secret');
    expect(error?.message).toContain('several platforms');
    expect(events).toEqual([]);
  });

  test('passes build arguments, network, target, hosts and limits on', async () => {
    const request = await requestFor(
      ['FROM busybox:local', 'ARG A', 'RUN echo "$A"; grep gadget /etc/hosts; ulimit -n; ls /sys/class/net'],
      {
        buildArgs: { A: 'a "quoted" $value' },
        network: 'none',
        extraHosts: { gadget: '10.1.2.3' },
        ulimits: { nofile: { soft: 1234, hard: 2345 } },
        noCache: true,
      },
    );
    const { events, error } = await outcomeOf(classic(), request);
    expect(error).toBeUndefined();
    const logs = events.filter((event) => event.type === 'log').map((event) => event.text);
    expect(logs).toContain('a "quoted" $value');
    expect(logs).toContain('10.1.2.3\tgadget');
    expect(logs).toContain('1234');
    expect(logs.filter((line) => /eth\d/u.test(line))).toEqual([]);
  });

  test('a RUN that is quiet for several idle limits is not ended', async () => {
    const request = await requestFor(['FROM busybox:local', 'RUN sleep 5'], {
      noCache: true,
      deadlines: { idleTimeoutMs: 1000 },
    });
    const { result, error } = await outcomeOf(classic(), request);
    expect(error).toBeUndefined();
    expect(result?.imageId).toMatch(/^sha256:/u);
  });

  test('a slow reader of the events does not count as silence of the engine', async () => {
    const request = await requestFor(['FROM busybox:local', 'RUN seq 1 2000'], {
      noCache: true,
      deadlines: { idleTimeoutMs: 300 },
    });
    let last: string | undefined;
    for await (const event of classic().build(request)) {
      last = event.type;
      if (event.type === 'started') await new Promise((resolve) => setTimeout(resolve, 900));
    }
    expect(last).toBe('result');
  });

  test('a connection that falls silent while the engine lives ends once the RUN is over', async () => {
    const proxy = await startFaultProxy(socketPath, { kind: 'none', afterBytes: 0 });
    const instructions = ['FROM busybox:local', 'RUN echo begin; sleep 3'];
    await outcomeOf(classic({ host: proxy.address }), await requestFor(instructions, { noCache: true }));
    const total = proxy.passedBytes;
    await proxy.close();
    // The end of the conversation: removal notice, id and the lookup of the image.
    const hole = await startFaultProxy(socketPath, { kind: 'swallow-one', afterBytes: total - 3200 });
    const request = await requestFor(instructions, { noCache: true, deadlines: { idleTimeoutMs: 500 } });
    const { error, durationMs } = await outcomeOf(classic({ host: hole.address }), request);
    await hole.close();
    expect(hole.fired).toBe(true);
    expect(error?.code).toBe('idle-timeout');
    expect(durationMs).toBeLessThan(6500);
  });

  test(`${aborts} aborts at any moment settle at once, stop the process and leave no container`, async () => {
    const seconds = randomInt(1000, 9000);
    const settledMs: number[] = [];
    const goneMs: number[] = [];
    const abortOne = async (index: number): Promise<void> => {
      const word = `${seconds}${String(index).padStart(3, '0')}`;
      const abort = new AbortController();
      const request = await requestFor(['FROM busybox:local', `RUN sleep ${word}`], { noCache: true });
      const building = outcomeOf(classic(), request, abort.signal);
      // Half of them before or while the container is made, the others while the process runs.
      if (index % 2 === 0) await sleep(index * 3);
      else while (!isRunning(word)) await sleep(10);
      const startedMs = performance.now();
      abort.abort();
      const { error } = await building;
      settledMs.push(performance.now() - startedMs);
      expect(error?.code).toBe('aborted');
      while (isRunning(word)) await sleep(5);
      goneMs.push(performance.now() - startedMs);
    };
    await runPool(
      Array.from({ length: aborts }, (_, index) => index),
      3,
      abortOne,
    );
    const deadline = Date.now() + 2000;
    while ((await containersWith(`sleep ${seconds}`)).length > 0) expect(Date.now()).toBeLessThan(deadline);
    console.log(
      `${aborts} aborts: settled within ${Math.round(Math.max(...settledMs))} ms, processes gone within ${Math.round(Math.max(...goneMs))} ms, 0 containers left`,
    );
    expect(Math.max(...settledMs)).toBeLessThan(250);
    expect(Math.max(...goneMs)).toBeLessThan(2000);
  });

  test('leaving the loop stops the build', async () => {
    const mark = 'sleep 6543';
    const request = await requestFor(['FROM busybox:local', `RUN ${mark}`], { noCache: true });
    for await (const event of classic().build(request)) {
      if (event.type === 'started' && event.step.id === '2') break;
    }
    const deadline = Date.now() + 2000;
    while ((await processesWith(mark)) + (await containersWith(mark)).length > 0) {
      expect(Date.now()).toBeLessThan(deadline);
    }
  });

  test('a signal that is already aborted sends nothing', async () => {
    const request = await requestFor(['FROM scratch', 'LABEL a=b']);
    const { error, events } = await outcomeOf(classic(), request, AbortSignal.abort());
    expect(error?.code).toBe('aborted');
    expect(events).toEqual([]);
  });

  test('uses a dockerode client that it is given', async () => {
    const dockerode = new Dockerode({ socketPath });
    const { result } = await outcomeOf(
      classic({ dockerode }),
      await requestFor(['FROM scratch', 'LABEL a=b']),
    );
    expect(result?.imageId).toMatch(/^sha256:/u);
  });

  test('64 builds at once all end well, each with its own tag', async () => {
    const engine = classic();
    const builds = Array.from({ length: 64 }, async (_, index) => {
      const request = await requestFor(['FROM scratch', `LABEL number=${index}`], {
        tags: [`${prefix}:many-${index}`],
        // On a busy machine the last of 64 waits for its turn longer than the usual limit.
        deadlines: { idleTimeoutMs: 120_000 },
      });
      return outcomeOf(engine, request);
    });
    const outcomes = await Promise.all(builds);
    expect(outcomes.filter(({ result }) => result === undefined)).toEqual([]);
    expect(new Set(outcomes.map(({ result }) => result?.imageId)).size).toBe(64);
  });
});
