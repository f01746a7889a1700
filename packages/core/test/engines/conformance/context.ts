import { createHash, randomBytes } from 'node:crypto';
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BuildEvent } from '../../../src/build/event.ts';
import { planContext } from '../../../src/context/index.ts';
import { errorOf } from '../support/expect-error.ts';
import { exported } from '../support/exported.ts';
import type { MemoryFile } from '../support/memory-context.ts';
import { requestOf, runBuild, uniqueTag } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';
import { withDirectory } from '../support/temporary.ts';

const copyAll = 'FROM scratch\nCOPY . /\n';

/** How contexts travel: what arrives, and what doesn't have to. */
export const contextScenarios: readonly Scenario[] = [
  {
    title: 'builds from a Dockerfile and files that are only in memory',
    run: (engine) =>
      exported(engine, { dockerfile: copyAll, files: { 'a.txt': 'hello', 'dir/b.txt': 'deep' } }, (image) => {
        expect(image.text('a.txt')).toBe('hello');
        expect(image.text('dir/b.txt')).toBe('deep');
      }),
  },
  {
    title: 'asks for no file when nothing changed since the last build',
    onClassic: async (engine) => {
      const build = { dockerfile: copyAll, files: { 'a.txt': randomText(), 'b/c.txt': 'c' } };
      await runBuild(engine.create(), requestOf(build));
      const second = requestOf(build);
      const { events } = await runBuild(engine.create(), second);
      // It takes everything each time, and only then sees that nothing changed.
      expect(second.context.reads).toEqual(['a.txt', 'b/c.txt']);
      expect(events.some((event) => event.type === 'cached')).toBe(true);
    },
    run: async (engine) => {
      const build = {
        dockerfile: copyAll,
        files: { 'a.txt': randomText(), 'b/c.txt': 'c' },
        identity: randomText(),
      };
      const first = requestOf({ ...build, options: { outputs: [{ type: 'none' }] } });
      await runBuild(engine.create(), first);
      expect(first.context.reads).toEqual(['a.txt', 'b/c.txt']);
      const second = requestOf({ ...build, options: { outputs: [{ type: 'none' }] } });
      await runBuild(engine.create(), second);
      expect(second.context.reads).toEqual([]);
    },
  },
  {
    title: 'asks only for the file that changed',
    onClassic: async (engine) => {
      await runBuild(engine.create(), { dockerfile: copyAll, files: { a: 'one', b: 'two' } });
      const request = requestOf({ dockerfile: copyAll, files: { a: 'one', b: randomText() } });
      const { events } = await runBuild(engine.create(), request);
      expect(request.context.reads).toEqual(['a', 'b']);
      expect(events.some((event) => event.type === 'cached')).toBe(false);
    },
    run: async (engine) => {
      const identity = randomText();
      const options = { outputs: [{ type: 'none' as const }] };
      await runBuild(
        engine.create(),
        requestOf({ dockerfile: copyAll, files: { a: 'one', b: 'two' }, identity, options }),
      );
      const request = requestOf({ dockerfile: copyAll, files: { a: 'one', b: 'new' }, identity, options });
      await runBuild(engine.create(), request);
      expect(request.context.reads).toEqual(['b']);
    },
  },
  {
    title: 'sees new content behind the same size and modification time',
    run: async (engine) => {
      const identity = randomText();
      const mtimeNs = 1_600_000_000_123_456_789n;
      const build = (content: string, changedNs: bigint) => ({
        dockerfile: copyAll,
        identity,
        files: { 'a.txt': { content, mtimeNs, changedNs } },
      });
      await exported(engine, build('AAA', 1_700_000_000_000_000_001n), (image) =>
        expect(image.text('a.txt')).toBe('AAA'),
      );
      await exported(engine, build('BBB', 1_700_000_000_000_000_002n), (image) =>
        expect(image.text('a.txt')).toBe('BBB'),
      );
    },
  },
  {
    title: 'sees new content on disk whose size and modification time were put back',
    run: (engine) =>
      withDirectory(async (directory) => {
        for (const content of ['AAA', 'BBB', 'CCC']) {
          writeFileSync(join(directory, 'a.txt'), content);
          utimesSync(join(directory, 'a.txt'), 1_600_000_000, 1_600_000_000);
          const context = await planContext({ directory });
          await exported(engine, { dockerfile: copyAll, context }, (image) =>
            expect(image.text('a.txt')).toBe(content),
          );
        }
      }),
  },
  {
    title: 'sees a new Dockerfile of the same length',
    run: async (engine) => {
      const identity = randomText();
      const build = (source: string) => ({
        dockerfile: `FROM scratch\nCOPY ${source} /x\n`,
        files: { a: 'A', b: 'B' },
        identity,
      });
      await exported(engine, build('a'), (image) => expect(image.text('x')).toBe('A'));
      await exported(engine, build('b'), (image) => expect(image.text('x')).toBe('B'));
    },
  },
  {
    title: 'keeps two projects with the same file names apart',
    run: async (engine) => {
      const mtimeNs = 1_600_000_000_000_000_000n;
      const build = (content: string) => ({ dockerfile: copyAll, files: { 'a.txt': { content, mtimeNs } } });
      await exported(engine, build('one'), (image) => expect(image.text('a.txt')).toBe('one'));
      await exported(engine, build('two'), (image) => expect(image.text('a.txt')).toBe('two'));
    },
  },
  {
    title: 'transfers a large file byte for byte',
    run: async (engine) => {
      const content = randomBytes(24 << 20);
      await exported(engine, { dockerfile: copyAll, files: { large: { content } } }, ({ directory }) => {
        expect(sha256(readFileSync(join(directory, 'large')))).toBe(sha256(content));
      });
    },
  },
  {
    title: 'transfers empty files and empty directories',
    run: (engine) =>
      exported(engine, { dockerfile: copyAll, files: { empty: '', 'dir/empty': '' } }, (image) => {
        expect(image.text('empty')).toBe('');
        expect(statSync(join(image.directory, 'dir/empty')).size).toBe(0);
      }),
  },
  {
    title: 'transfers odd file names in the order the engine insists on',
    run: (engine) => {
      const names = [
        'a',
        'a-b',
        'a.b',
        'sub/x',
        'sub-2',
        'sub.d',
        'with space',
        'comma,name',
        'ünï',
        '～',
        '😀',
        '[x]',
        '*star',
        'a\\b',
        'new\nline',
      ];
      return exported(engine, { dockerfile: copyAll, files: filesNamed(names) }, (image) => {
        for (const name of names) expect(image.text(name), name).toBe(name);
      });
    },
  },
  {
    title: 'keeps symbolic links, also those that lead nowhere',
    run: (engine) => {
      const files = { target: 'T', link: { symlink: 'target' }, nowhere: { symlink: 'missing/file' } };
      return exported(engine, { dockerfile: copyAll, files }, ({ directory }) => {
        expect(readlinkSync(join(directory, 'link'))).toBe('target');
        expect(readlinkSync(join(directory, 'nowhere'))).toBe('missing/file');
      });
    },
  },
  {
    title: 'keeps hard links',
    run: (engine) => {
      const files = { first: 'same', second: { content: 'same', hardLink: 'first' } };
      return exported(engine, { dockerfile: copyAll, files }, (image) => {
        expect(image.text('second')).toBe('same');
      });
    },
  },
  {
    title: 'keeps permissions and modification times to the second',
    run: (engine) => {
      const files = {
        tool: { content: 'x', mode: 0o755 },
        private: { content: 'x', mode: 0o600, mtimeNs: 1_500_000_000_000_000_000n },
      };
      return exported(engine, { dockerfile: copyAll, files }, ({ directory }) => {
        expect(lstatSync(join(directory, 'tool')).mode & 0o777).toBe(0o755);
        const stat = lstatSync(join(directory, 'private'));
        expect(stat.mode & 0o777).toBe(0o600);
        expect(Math.floor(stat.mtimeMs / 1000)).toBe(1_500_000_000);
      });
    },
  },
  {
    title: 'sends only what the instructions read',
    onClassic: (engine) =>
      withDirectory(async (directory) => {
        for (const name of ['package.json', 'large.bin']) writeFileSync(join(directory, name), name);
        // Here the plan alone decides what travels.
        const context = await planContext({ directory, reads: [{ source: '*.json', kind: 'copy' }] });
        await exported(engine, { dockerfile: copyAll, context }, (image) =>
          expect(readdirSync(image.directory)).toEqual(['package.json']),
        );
      }),
    run: async (engine) => {
      const dockerfile = 'FROM scratch\nCOPY src /src\nCOPY *.json /\n';
      const files = {
        'src/main.ts': 'main',
        'package.json': '{}',
        'large.bin': 'not needed',
        'other/x': 'no',
      };
      const request = requestOf({ dockerfile, files, options: { outputs: [{ type: 'none' }] } });
      await runBuild(engine.create(), request);
      expect([...request.context.reads].sort()).toEqual(['package.json', 'src/main.ts']);
    },
  },
  {
    title: 'follows symbolic links to what an instruction reads',
    run: (engine) => {
      const dockerfile = 'FROM scratch\nCOPY current/app /app\nCOPY absolute /absolute\n';
      const files = {
        'releases/2/app': 'two',
        current: { symlink: 'releases/2' },
        absolute: { symlink: '/releases/2/app' },
        unrelated: 'no',
      };
      return exported(engine, { dockerfile, files }, (image) => {
        expect(image.text('app')).toBe('two');
        expect(image.text('absolute')).toBe('two');
      });
    },
  },
  {
    title: 'copies an ignore file that is part of the context',
    onClassic: (engine) =>
      exported(
        engine,
        { dockerfile: copyAll, files: { '.dockerignore': 'b\n', a: 'a', b: 'b' } },
        // A line is added by which the builder takes its Dockerfile away, as the docker CLI adds one.
        (image) => {
          expect(image.text('.dockerignore')).toMatch(/^b\n\n\S+\n$/u);
          expect(readdirSync(image.directory).sort()).toEqual(['.dockerignore', 'a', 'b']);
        },
      ),
    run: (engine) =>
      exported(
        engine,
        { dockerfile: 'FROM scratch\nCOPY .dockerignore /kept\n', files: { '.dockerignore': '*\n', a: 'a' } },
        (image) => expect(image.text('kept')).toBe('*\n'),
      ),
  },
  {
    title: 'applies no ignore file of its own: the context is what was planned',
    run: (engine) =>
      exported(
        engine,
        { dockerfile: copyAll, files: { '.dockerignore': 'a.txt\n', 'a.txt': 'A' } },
        (image) => expect(image.text('a.txt')).toBe('A'),
      ),
  },
  {
    title: 'transfers thousands of files',
    run: (engine) => {
      const names = Array.from({ length: 3000 }, (_, index) => `d${index % 40}/f${index}`);
      return exported(engine, { dockerfile: copyAll, files: filesNamed(names) }, ({ directory }) => {
        const count = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
          entry.isFile(),
        ).length;
        expect(count).toBe(names.length);
      });
    },
  },
  {
    title: 'fails when a file is shorter than it was',
    onClassic: (engine) =>
      withDirectory(async (directory) => {
        writeFileSync(join(directory, 'a.txt'), 'as planned');
        const context = await planContext({ directory });
        writeFileSync(join(directory, 'a.txt'), 'short');
        const error = await errorOf(runBuild(engine.create(), { dockerfile: copyAll, context }));
        expect(error.code).toBe('context-changed');
        expect(error.message).toContain('"a.txt"');
      }),
    run: async (engine) => {
      const files = { 'a.txt': { content: 'short', sizeBytes: 10 } };
      const error = await errorOf(exported(engine, { dockerfile: copyAll, files }, () => {}));
      expect(error.code).toBe('context-changed');
      expect(error.message).toContain('"a.txt"');
    },
  },
  {
    title: 'fails when a file is longer than it was',
    onClassic: (engine) =>
      withDirectory(async (directory) => {
        writeFileSync(join(directory, 'a.txt'), 'as planned');
        const context = await planContext({ directory });
        writeFileSync(join(directory, 'a.txt'), 'longer than planned');
        const error = await errorOf(runBuild(engine.create(), { dockerfile: copyAll, context }));
        expect(error.code).toBe('context-changed');
        expect(error.message).toContain('"a.txt"');
      }),
    run: async (engine) => {
      const files = { 'a.txt': { content: 'longer than said', sizeBytes: 3 } };
      const error = await errorOf(exported(engine, { dockerfile: copyAll, files }, () => {}));
      expect(error.code).toBe('context-changed');
    },
  },
  {
    title: 'fails with the reason when a file can not be read',
    run: async (engine) => {
      const read = (): Iterable<Uint8Array> => {
        throw new Error('EACCES: permission denied');
      };
      const error = await exported(
        engine,
        { dockerfile: copyAll, files: { a: { content: 'x', read } } },
        () => {},
      ).catch(String);
      expect(error).toContain('EACCES');
    },
  },
  {
    title: 'tells how much of the context has been sent',
    onClassic: async (engine) => {
      const content = randomBytes(1 << 20);
      const { events } = await runBuild(engine.create(), { dockerfile: copyAll, files: { a: { content } } });
      const sent = events.flatMap((event) => (event.type === 'transfer' ? [event.sentBytes] : []));
      // The archive counts, with its headers.
      expect(sent.at(-1)).toBeGreaterThan(content.length);
      expect([...sent].sort((first, second) => first - second)).toEqual(sent);
    },
    run: async (engine) => {
      const events: BuildEvent[] = [];
      const content = randomBytes(1 << 20);
      await runBuild(
        engine.create(),
        { dockerfile: copyAll, files: { a: { content } }, options: { outputs: [{ type: 'none' }] } },
        events,
      );
      const sent = events.flatMap((event) => (event.type === 'transfer' ? [event.sentBytes] : []));
      expect(sent.at(-1)).toBe(content.length);
      expect([...sent].sort((first, second) => first - second)).toEqual(sent);
    },
  },
  {
    title: 'builds without any file to copy',
    run: async (engine) => {
      const tag = uniqueTag();
      await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN true\n',
        options: { tags: [tag], outputs: [{ type: 'none' }] },
      });
    },
  },
];

function filesNamed(names: readonly string[]): Record<string, MemoryFile> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

function randomText(): string {
  return randomBytes(8).toString('hex');
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
