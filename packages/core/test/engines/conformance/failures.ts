import { expect } from 'vitest';
import type { BuildFailure } from '../../../src/build/failure.ts';
import { classic } from '../../../src/engines/index.ts';
import {
  type Answer,
  buildAnswer,
  startScriptedEngine,
  success,
} from '../../engine-support/scripted-engine.ts';
import { errorOf } from '../support/expect-error.ts';
import { requestOf, runBuild } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';

const announcedId = `sha256:${'1'.repeat(64)}`;
const notFound: Answer = (response) => void response.writeHead(404).end('{"message":"none"}');
const nothing = { outputs: [{ type: 'none' as const }] };

/** Builds that can't succeed say so, and say where. */
export const failureScenarios: readonly Scenario[] = [
  {
    title: 'tells exit code, last output, Dockerfile line and TypeScript place of a failing step',
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local AS base\n\nRUN echo before \\\n && echo on stderr >&2 \\\n && exit 42\n';
      const error = await errorOf(runBuild(engine.create(), { dockerfile, options: nothing }));
      expect(error.code).toBe('build-failed');
      expect(error.message).toContain('exit code 42');
      expect(error.where).toEqual({ file: 'image.ts', line: 103, column: 3 });
      const failure = error.cause as BuildFailure;
      expect(failure.exitCode).toBe(42);
      expect(failure.dockerfileLine).toBe(3);
      // Two streams: the engine promises no order between them.
      expect([...failure.logTail].sort()).toEqual(['before', 'on stderr']);
      expect(failure.step?.stage).toBe('base');
    },
  },
  {
    title: 'tells the line of an instruction that can not be read',
    run: async (engine) => {
      const error = await errorOf(
        runBuild(engine.create(), { dockerfile: 'FROM scratch\nFLY away\n', options: nothing }),
      );
      expect(error.code).toBe('build-failed');
      expect((error.cause as BuildFailure).dockerfileLine).toBe(2);
      expect(error.where?.line).toBe(102);
    },
  },
  {
    title: 'names the file that an instruction misses',
    run: async (engine) => {
      const error = await errorOf(
        runBuild(engine.create(), { dockerfile: 'FROM scratch\nCOPY missing.txt /\n', options: nothing }),
      );
      expect(error.code).toBe('build-failed');
      expect(error.message).toContain('missing.txt');
      expect(error.where?.line).toBe(102);
    },
  },
  {
    title: 'names a target stage that does not exist',
    onClassic: async (engine) => {
      const options = { ...nothing, target: 'nope' };
      const build = { dockerfile: 'FROM scratch AS a\nCOPY x /\n', options };
      const error = await errorOf(runBuild(engine.create(), build));
      expect(error.code).toBe('engine-refused');
      expect(error.message).toContain('nope');
    },
    run: async (engine) => {
      const error = await errorOf(
        runBuild(engine.create(), {
          dockerfile: 'FROM scratch AS a\nCOPY x /\n',
          options: { ...nothing, target: 'nope' },
        }),
      );
      expect(error.code).toBe('build-failed');
      expect(error.message).toContain('nope');
    },
  },
  {
    title: 'names a base image that can not be had',
    run: async (engine) => {
      const error = await errorOf(
        runBuild(engine.create(), {
          dockerfile: 'FROM 127.0.0.1:1/no/such:image\nRUN true\n',
          options: nothing,
        }),
      );
      expect(error.code).toBe('build-failed');
      expect(error.message).toContain('127.0.0.1:1/no/such:image');
    },
  },
  {
    title: 'blames the step that failed, not those that were stopped for it',
    onClassic: async (engine) => {
      // One step runs at a time, so nothing has to be stopped.
      const dockerfile = 'FROM busybox:local AS good\nRUN true\nFROM busybox:local AS bad\nRUN exit 5\n';
      const error = await errorOf(runBuild(engine.create(), { dockerfile, options: nothing }));
      expect(error.cause).toMatchObject({ exitCode: 5, step: { stage: 'bad' } });
    },
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local AS slow\nRUN sleep 30 && echo slow > /a\nFROM busybox:local AS bad\nRUN sleep 1; exit 5\nFROM scratch\nCOPY --from=slow /a /\nCOPY --from=bad /b /\n';
      const error = await errorOf(
        runBuild(engine.create(), { dockerfile, options: { ...nothing, noCache: true } }),
      );
      expect((error.cause as BuildFailure).step?.stage).toBe('bad');
      expect((error.cause as BuildFailure).exitCode).toBe(5);
    },
  },
  {
    title: 'reports a command that is not there',
    run: async (engine) => {
      const error = await errorOf(
        runBuild(engine.create(), {
          dockerfile: 'FROM busybox:local\nRUN no-such-command --flag\n',
          options: nothing,
        }),
      );
      expect((error.cause as BuildFailure).exitCode).toBe(127);
    },
  },
  {
    title: 'reports a process that was killed',
    run: async (engine) => {
      const error = await errorOf(
        runBuild(engine.create(), {
          dockerfile: 'FROM busybox:local\nRUN sleep 9 & kill -9 $!; wait $!\n',
          options: nothing,
        }),
      );
      expect((error.cause as BuildFailure).exitCode).toBe(137);
    },
  },
  {
    title: 'says that an engine announced an image it does not have',
    onClassic: async () => {
      const missing = { 'POST /build': buildAnswer(success) };
      const lying = await startScriptedEngine({ ...missing, [`GET /images/${announcedId}/json`]: notFound });
      try {
        const engine = classic({ host: lying.address });
        const request = requestOf({ dockerfile: 'FROM scratch\nCOPY a /\n', files: { a: 'a' } });
        expect((await errorOf(runBuild(engine, request))).code).toBe('result-missing');
      } finally {
        await lying.close();
      }
    },
    run: async (engine) => {
      const lying = engine.create({ verify: async () => undefined });
      const error = await errorOf(
        runBuild(lying, {
          dockerfile: 'FROM scratch\nCOPY a /\n',
          files: { a: 'a' },
          options: { outputs: [{ type: 'load' }] },
        }),
      );
      expect(error.code).toBe('result-missing');
    },
  },
];
