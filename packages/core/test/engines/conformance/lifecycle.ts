import { randomInt } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { createBuildkitEngine } from '../../../src/engines/buildkit/index.ts';
import { classic } from '../../../src/engines/index.ts';
import { dialSocket } from '../support/engine-under-test.ts';
import { errorOf } from '../support/expect-error.ts';
import { createFaultyLine } from '../support/faults.ts';
import { isRunning, waitUntil } from '../support/processes.ts';
import { requestOf, runBuild } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';
import { withDirectory } from '../support/temporary.ts';

const nothing = { outputs: [{ type: 'none' as const }], noCache: true };

/** Starting, stopping, losing and sharing connections. */
export const lifecycleScenarios: readonly Scenario[] = [
  {
    title: 'does nothing for a build that was aborted before it started',
    run: async (engine) => {
      let dials = 0;
      const counting = engine.create({
        dial: async () => {
          dials += 1;
          return engine.dial();
        },
      });
      const error = await errorOf(
        runBuild(counting, { dockerfile: 'FROM scratch\nCOPY a /\n' }, [], AbortSignal.abort('no')),
      );
      expect(error.code).toBe('aborted');
      expect(dials).toBe(0);
    },
  },
  {
    title: 'stops a running step when it is aborted',
    run: async (engine) => {
      const word = uniqueSeconds();
      const abort = new AbortController();
      const build = runBuild(
        engine.create(),
        { dockerfile: `FROM busybox:local\nRUN sleep ${word}\n`, options: nothing },
        [],
        abort.signal,
      );
      const failed = errorOf(build);
      await waitUntil(() => isRunning(word), 20_000);
      const aborted = performance.now();
      abort.abort('enough');
      const error = await failed;
      expect(performance.now() - aborted).toBeLessThan(250);
      expect(error.code).toBe('aborted');
      expect(error.cause).toBe('enough');
      await waitUntil(() => !isRunning(word), 250);
    },
  },
  {
    title: 'stops a transfer when it is aborted',
    run: async (engine) => {
      const abort = new AbortController();
      let sent = 0;
      async function* endless(): AsyncIterable<Uint8Array> {
        for (;;) {
          sent += 1;
          if (sent === 5) abort.abort();
          await sleep(5);
          yield Buffer.alloc(64 * 1024);
        }
      }
      const files = { big: { sizeBytes: 1 << 30, read: endless } };
      const error = await errorOf(
        runBuild(
          engine.create(),
          { dockerfile: 'FROM scratch\nCOPY . /\n', files, options: nothing },
          [],
          abort.signal,
        ),
      );
      expect(error.code).toBe('aborted');
      const after = sent;
      await sleep(200);
      expect(sent).toBeLessThanOrEqual(after + 2);
    },
  },
  {
    title: 'stops when nobody reads its events any more',
    run: async (engine) => {
      const word = uniqueSeconds();
      const request = requestOf({
        dockerfile: `FROM busybox:local\nRUN echo started && sleep ${word}\n`,
        options: nothing,
      });
      for await (const event of engine.create().build(request)) if (event.type === 'log') break;
      await waitUntil(() => !isRunning(word), 1000);
    },
  },
  {
    title: 'tells when the connection is lost during a step',
    run: async (engine) => {
      const word = uniqueSeconds();
      const sockets: { destroy(): void }[] = [];
      const cut = engine.create({
        dial: async () => {
          const socket = await engine.dial();
          sockets.push(socket);
          return socket;
        },
      });
      const failed = errorOf(
        runBuild(cut, { dockerfile: `FROM busybox:local\nRUN sleep ${word}\n`, options: nothing }),
      );
      await waitUntil(() => isRunning(word), 20_000);
      for (const socket of sockets) socket.destroy();
      expect((await failed).code).toBe('connection-lost');
      await waitUntil(() => !isRunning(word), 5000);
    },
  },
  {
    title: 'gives up on an engine that falls silent during a step',
    onClassic: async (engine) => {
      const word = uniqueSeconds();
      const sockets: Socket[] = [];
      let silentNow = false;
      const mute = (socket: Socket): void => void socket.removeAllListeners('data').resume();
      const blocked = engine.create({
        dial: async () => {
          const socket = await engine.dial();
          const duplex = createFaultyLine({ kind: 'none' }).wrap(socket);
          sockets.push(socket);
          // It also asks on other connections whether the engine lives.
          if (silentNow) mute(socket);
          return duplex;
        },
      });
      const options = { ...nothing, deadlines: { idleTimeoutMs: 500 } };
      const failed = errorOf(
        runBuild(blocked, { dockerfile: `FROM busybox:local\nRUN sleep ${word}\n`, options }),
      );
      await waitUntil(() => isRunning(word), 20_000);
      silentNow = true;
      const silent = performance.now();
      for (const socket of sockets) mute(socket);
      expect((await failed).code).toBe('idle-timeout');
      expect(performance.now() - silent).toBeLessThan(1500);
    },
    run: async (engine) => {
      const word = uniqueSeconds();
      let block = (): void => {};
      const blocked = engine.create({
        dial: async () => {
          const socket = await engine.dial();
          const duplex = createFaultyLine({ kind: 'none' }).wrap(socket);
          block = () => {
            socket.removeAllListeners('data');
            socket.resume();
          };
          return duplex;
        },
      });
      const options = { ...nothing, deadlines: { idleTimeoutMs: 500 } };
      const failed = errorOf(
        runBuild(blocked, { dockerfile: `FROM busybox:local\nRUN sleep ${word}\n`, options }),
      );
      await waitUntil(() => isRunning(word), 20_000);
      const silent = performance.now();
      block();
      expect((await failed).code).toBe('idle-timeout');
      expect(performance.now() - silent).toBeLessThan(1500);
    },
  },
  {
    title: 'waits for a step that is quiet for longer than the idle limit',
    run: async (engine) => {
      const options = { ...nothing, deadlines: { idleTimeoutMs: 1000 } };
      const { log } = await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN sleep 4 && echo awake\n',
        options,
      });
      expect(log).toBe('awake');
    },
  },
  {
    title: 'keeps its session through a step of many health checks',
    onClassic: 'refused',
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local\nRUN sleep 17\nRUN --mount=type=secret,id=late,required cat /run/secrets/late | wc -c\n';
      const secrets = [{ id: 'late', value: async () => Buffer.from('12345') }];
      const { log } = await runBuild(engine.create(), { dockerfile, options: { ...nothing, secrets } });
      expect(log.trim()).toBe('5');
    },
  },
  {
    title: 'survives an event loop that was blocked for seconds',
    run: async (engine) => {
      const options = { ...nothing, deadlines: { idleTimeoutMs: 1000 } };
      const build = runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN sleep 4 && echo survived\n',
        options,
      });
      await sleep(800);
      const until = Date.now() + 3000;
      while (Date.now() < until);
      expect((await build).log).toBe('survived');
    },
  },
  {
    title: 'takes the session as a call, too',
    onClassic: 'refused',
    run: async (engine) => {
      let dials = 0;
      const together = engine.create({
        dial: async () => {
          dials += 1;
          return engine.dial();
        },
        dialSession: async () => undefined,
      });
      const dockerfile =
        'FROM busybox:local\nCOPY a /\nRUN --mount=type=secret,id=s,required cat /a /run/secrets/s | wc -c\n';
      const secrets = [{ id: 's', value: async () => Buffer.from('12345') }];
      const { log } = await runBuild(together, {
        dockerfile,
        files: { a: 'abc' },
        options: { ...nothing, secrets },
      });
      expect(log.trim()).toBe('8');
      expect(dials).toBe(1);
    },
  },
  {
    title: 'runs many builds at once on one connection',
    onClassic: async (engine) => {
      const shared = engine.create();
      const builds = Array.from({ length: 6 }, (_, index) =>
        runBuild(shared, {
          dockerfile: 'FROM busybox:local\nCOPY f /\nRUN cat /f\n',
          files: { f: `build ${index}` },
          options: nothing,
        }),
      );
      const logs = (await Promise.all(builds)).map(({ log }) => log);
      expect(logs).toEqual(builds.map((_, index) => `build ${index}`));
    },
    run: async (engine) => {
      let dials = 0;
      const counting = engine.create({
        dial: async () => {
          dials += 1;
          return engine.dial();
        },
      });
      const builds = Array.from({ length: 6 }, (_, index) =>
        runBuild(counting, {
          dockerfile: `FROM busybox:local\nCOPY f /\nRUN cat /f\n`,
          files: { f: `build ${index}` },
          options: nothing,
        }),
      );
      const logs = (await Promise.all(builds)).map(({ log }) => log);
      expect(logs).toEqual(builds.map((_, index) => `build ${index}`));
      // A session of a daemon on this machine has a connection of its own.
      expect(dials).toBe(engine.store === 'buildkitd' ? 1 : 1 + builds.length);
    },
  },
  {
    title: 'aborts one of several builds and leaves the others alone',
    run: async (engine) => {
      const shared = engine.create();
      const abort = new AbortController();
      const word = uniqueSeconds();
      const stopped = errorOf(
        runBuild(
          shared,
          { dockerfile: `FROM busybox:local\nRUN sleep ${word}\n`, options: nothing },
          [],
          abort.signal,
        ),
      );
      const kept = runBuild(shared, {
        dockerfile: 'FROM busybox:local\nRUN sleep 2 && echo kept\n',
        options: nothing,
      });
      await waitUntil(() => isRunning(word), 20_000);
      abort.abort();
      expect((await stopped).code).toBe('aborted');
      expect((await kept).log).toBe('kept');
    },
  },
  {
    title: 'leaves no handle behind after 200 builds',
    timeoutMs: 120_000,
    run: async (engine) => {
      const build = {
        dockerfile: 'FROM scratch\nCOPY a /\n',
        files: { a: 'a' },
        identity: 'handles',
        options: { outputs: nothing.outputs },
      };
      await runBuild(engine.create(), build);
      const before = process.getActiveResourcesInfo().sort();
      const rounds = Array.from({ length: 50 }, (_, index) => index);
      for (const _ of rounds) await Promise.all([1, 2, 3, 4].map(() => runBuild(engine.create(), build)));
      await waitUntil(() => process.getActiveResourcesInfo().length <= before.length, 1000);
    },
  },
  {
    title: 'says that nobody listens at the address',
    onClassic: () =>
      withDirectory(async (directory) => {
        const nobody = classic({ host: `unix://${directory}/none.sock` });
        const error = await errorOf(runBuild(nobody, { dockerfile: 'FROM scratch\n' }));
        expect(error.code).toBe('engine-unreachable');
        expect(`${error.message} ${error.hint} ${error.cause}`).toContain('none.sock');
      }),
    run: () =>
      withDirectory(async (directory) => {
        const nobody = createBuildkitEngine({
          name: 'test',
          dial: () => dialSocket(`${directory}/none.sock`),
        });
        const error = await errorOf(runBuild(nobody, { dockerfile: 'FROM scratch\n' }));
        expect(error.code).toBe('engine-unreachable');
        expect(error.message).toContain('ENOENT');
      }),
  },
  {
    title: 'gives up on a listener that never answers',
    onClassic: () =>
      withDirectory(async (directory) => {
        const path = `${directory}/silent.sock`;
        const server = createServer(() => {});
        await new Promise<void>((resolve) => server.listen(path, resolve));
        try {
          const started = Date.now();
          const options = { deadlines: { idleTimeoutMs: 300 } };
          const silent = classic({ host: `unix://${path}` });
          const error = await errorOf(runBuild(silent, { dockerfile: 'FROM scratch\n', options }));
          expect(error.code).toBe('idle-timeout');
          expect(Date.now() - started).toBeLessThan(1300);
        } finally {
          server.close();
        }
      }),
    run: (engine) =>
      withDirectory(async (directory) => {
        const path = `${directory}/silent.sock`;
        const server = createServer(() => {});
        await new Promise<void>((resolve) => server.listen(path, resolve));
        try {
          for (const upgrade of [{ upgrade: '/grpc' as const }, {}]) {
            const silent = createBuildkitEngine({
              name: engine.name,
              dial: () => dialSocket(path),
              ...upgrade,
            });
            const started = Date.now();
            const options = { deadlines: { connectTimeoutMs: 300 } };
            const error = await errorOf(runBuild(silent, { dockerfile: 'FROM scratch\n', options }));
            expect(error.code).toBe('engine-unreachable');
            expect(Date.now() - started).toBeLessThan(1300);
          }
        } finally {
          server.close();
        }
      }),
  },
  {
    title: 'says that a listener is no engine',
    onClassic: () =>
      withDirectory(async (directory) => {
        const path = `${directory}/web.sock`;
        const server = createServer((socket) =>
          socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 5\r\n\r\nnope!'),
        );
        await new Promise<void>((resolve) => server.listen(path, resolve));
        try {
          const web = classic({ host: `unix://${path}` });
          const error = await errorOf(runBuild(web, { dockerfile: 'FROM scratch\n' }));
          expect(error.code).toBe('engine-refused');
          expect(error.message).toContain('nope!');
        } finally {
          server.close();
        }
      }),
    run: () =>
      withDirectory(async (directory) => {
        const path = `${directory}/web.sock`;
        const server = createServer((socket) =>
          socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 5\r\n\r\nnope!'),
        );
        await new Promise<void>((resolve) => server.listen(path, resolve));
        try {
          const web = createBuildkitEngine({ name: 'web', upgrade: '/grpc', dial: () => dialSocket(path) });
          const error = await errorOf(runBuild(web, { dockerfile: 'FROM scratch\n' }));
          expect(error.code).toBe('engine-unreachable');
          expect(error.message).toContain('400');
        } finally {
          server.close();
        }
      }),
  },
];

/** A duration that no other process sleeps for. */
function uniqueSeconds(): string {
  return `${randomInt(50, 60)}.${randomInt(1_000_000, 9_999_999)}`;
}
