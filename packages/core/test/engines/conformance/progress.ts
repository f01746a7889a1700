import { expect } from 'vitest';
import type { BuildEvent } from '../../../src/build/event.ts';
import { runBuild, uniqueTag } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';

const nothing = { outputs: [{ type: 'none' as const }], noCache: true };

/** What a build tells while it runs. */
export const progressScenarios: readonly Scenario[] = [
  {
    title: 'ties every step to its stage, instruction and TypeScript place',
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local AS build\nWORKDIR /work\nCOPY a .\nENV X=1\nRUN cat a\n\nFROM scratch\nCOPY --from=build /work/a /\n';
      const { events } = await runBuild(engine.create(), { dockerfile, files: { a: 'A' }, options: nothing });
      const steps = new Map(
        events.flatMap((event) =>
          'step' in event && event.step?.instruction ? [[event.step.instruction, event.step]] : [],
        ),
      );
      expect([...steps.keys()].sort()).toEqual(
        [
          'COPY --from=build /work/a /',
          'COPY a .',
          'FROM busybox:local AS build',
          'RUN cat a',
          'WORKDIR /work',
          // BuildKit has no step for what only sets something.
          ...(engine.store === 'classic' ? ['ENV X=1', 'FROM scratch'] : []),
        ].sort(),
      );
      expect(steps.get('RUN cat a')).toMatchObject({
        stage: 'build',
        dockerfileLine: 5,
        where: { file: 'image.ts', line: 105 },
      });
    },
  },
  {
    title: 'tells a start and an end for every step that ran',
    run: async (engine) => {
      const { events } = await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN sleep 0.3\n',
        options: nothing,
      });
      const run = events.filter((event) => 'step' in event && event.step?.instruction === 'RUN sleep 0.3');
      expect(run.map(({ type }) => type)).toEqual(['started', 'completed']);
      const completed = run[1] as Extract<BuildEvent, { type: 'completed' }>;
      const [interval] = completed.intervals;
      expect((interval?.completedMs ?? 0) - (interval?.startedMs ?? 0)).toBeGreaterThanOrEqual(250);
      expect(events.at(-1)?.type).toBe('result');
    },
  },
  {
    title: 'gives whole lines, also where characters were split on the way',
    onClassic: async (engine) => {
      const dockerfile = `FROM busybox:local\nRUN printf 'one '; sleep 0.2; printf 'two\\nnext\\n'; printf 'no newline'\n`;
      // A character that is split is lost: the daemon makes text of each piece by itself.
      const { log } = await runBuild(engine.create(), { dockerfile, options: nothing });
      expect(log.split('\n')).toEqual(['one two', 'next', 'no newline']);
    },
    run: async (engine) => {
      const dockerfile = `FROM busybox:local\nRUN printf '\\346'; sleep 0.2; printf '\\274'; sleep 0.2; printf '\\242 tail\\nnext\\n'; printf 'no newline'\n`;
      const { log } = await runBuild(engine.create(), { dockerfile, options: nothing });
      expect(log.split('\n')).toEqual(['漢 tail', 'next', 'no newline']);
    },
  },
  {
    title: 'keeps standard output and standard error apart',
    run: async (engine) => {
      const { events } = await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN echo out; echo err >&2\n',
        options: nothing,
      });
      const logs = events.flatMap((event) => (event.type === 'log' ? [[event.stream, event.text]] : []));
      expect(logs).toContainEqual(['stdout', 'out']);
      expect(logs).toContainEqual(['stderr', 'err']);
    },
  },
  {
    title: 'lets no terminal command through',
    run: async (engine) => {
      const dockerfile = `FROM busybox:local\nRUN printf '\\033]0;title\\007\\033[2J\\033]52;c;Y2xpcA==\\007red\\033[31m\\233\\n'\n`;
      const { events, log } = await runBuild(engine.create(), { dockerfile, options: nothing });
      expect(log).toContain('red');
      expect(JSON.stringify(events)).not.toMatch(/\\u00(?:0[0-8b-f]|1|7f|8|9)|[\u0080-\u009f]/u);
    },
  },
  {
    title: 'takes a very long line in reasonable time',
    run: async (engine) => {
      const dockerfile =
        'FROM busybox:local\nRUN head -c 150000 /dev/zero | tr "\\\\0" x; echo; echo after\n';
      const { events } = await runBuild(engine.create(), { dockerfile, options: nothing });
      const texts = events.flatMap((event) => (event.type === 'log' ? [event.text] : []));
      expect(texts.at(-1)).toBe('after');
      expect(texts.join('').length).toBeGreaterThan(149_999);
    },
  },
  {
    title: 'tells what was cached',
    run: async (engine) => {
      const build = {
        dockerfile: `FROM busybox:local\nRUN echo ${uniqueTag()}\nRUN echo two\n`,
        options: { outputs: nothing.outputs },
      };
      await runBuild(engine.create(), build);
      const { events } = await runBuild(engine.create(), build);
      const cached = new Set(
        events.flatMap((event) =>
          event.type === 'cached' && event.step.instruction?.startsWith('RUN') ? [event.step.id] : [],
        ),
      );
      expect(cached.size).toBe(2);
    },
  },
  {
    title: 'asks for the Dockerfile in the newest form the engine reads',
    run: async (engine) => {
      const profiles: string[] = [];
      await runBuild(engine.create(), {
        dockerfile: 'FROM scratch\nCOPY a /\n',
        files: { a: 'a' },
        options: nothing,
        onRender: (profile) => profiles.push(profile),
      });
      const old = engine.store === 'classic' ? 'classic' : 'buildkit';
      expect(new Set(profiles)).toEqual(new Set([engine.modern ? 'modern' : old]));
    },
  },
];
