import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { expect } from 'vitest';
import { errorOf } from '../support/expect-error.ts';
import { exported } from '../support/exported.ts';
import { memoryContext } from '../support/memory-context.ts';
import { runBuild, uniqueTag } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';

/** What a build can be told, and that the engine really does it. */
export const frontendScenarios: readonly Scenario[] = [
  {
    title: 'stops at the target stage',
    run: (engine) =>
      exported(
        engine,
        {
          dockerfile: 'FROM scratch AS first\nCOPY a /\nFROM scratch AS second\nCOPY b /\n',
          files: { a: 'A', b: 'B' },
          options: { target: 'first' },
        },
        (image) => {
          expect(image.text('a')).toBe('A');
          expect(() => image.text('b')).toThrow('ENOENT');
        },
      ),
  },
  {
    title: 'passes build arguments on byte for byte',
    run: (engine) => {
      const value = `a "quoted" 'one' $HOME \\ ünï 😀 =,;`;
      return exported(
        engine,
        {
          dockerfile:
            'FROM busybox:local AS build\nARG VALUE\nRUN echo "$VALUE" > /value\nFROM scratch\nCOPY --from=build /value /\n',
          options: { buildArgs: { VALUE: value } },
        },
        (image) => expect(image.text('value')).toBe(`${value}\n`),
      );
    },
  },
  {
    title: 'sets labels byte for byte',
    run: async (engine) => {
      const tag = uniqueTag();
      const labels = { 'com.example/key': 'a "b" \\ $c', plain: 'line one' };
      await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN true\n',
        options: { tags: [tag], labels, outputs: [{ type: 'load' }] },
      });
      const image = await engine.docker.inspect(tag);
      await engine.docker.remove(tag);
      expect(image?.Config.Labels).toMatchObject(labels);
    },
  },
  {
    title: 'runs steps without a network when told so',
    run: async (engine) => {
      const { log } = await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN cat /proc/net/dev | wc -l\n',
        options: { network: 'none', noCache: true, outputs: [{ type: 'none' }] },
      });
      expect(log.trim()).toBe('3');
    },
  },
  {
    title: 'runs steps on the host network with the right to do so',
    run: async (engine) => {
      await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN cat /proc/net/dev\n',
        options: { network: 'host', noCache: true, outputs: [{ type: 'none' }] },
      });
    },
  },
  {
    title: 'takes finished steps from the cache',
    run: async (engine) => {
      const build = {
        dockerfile: `FROM busybox:local\nRUN echo ${uniqueTag()}\n`,
        options: { outputs: [{ type: 'none' as const }] },
      };
      await runBuild(engine.create(), build);
      const { events } = await runBuild(engine.create(), build);
      const cached = events.flatMap((event) =>
        event.type === 'cached' ? [event.step.instruction ?? ''] : [],
      );
      expect(cached.some((instruction) => instruction.startsWith('RUN echo'))).toBe(true);
    },
  },
  {
    title: 'runs every step again without the cache',
    run: async (engine) => {
      const build = {
        dockerfile: `FROM busybox:local\nRUN echo ${uniqueTag()}\n`,
        options: { outputs: [{ type: 'none' as const }] },
      };
      await runBuild(engine.create(), build);
      const { log } = await runBuild(engine.create(), {
        ...build,
        options: { ...build.options, noCache: true },
      });
      expect(log).toContain('stagecraft-test/');
    },
  },
  {
    title: 'runs the steps of named stages again without the cache',
    onClassic: 'refused',
    run: async (engine) => {
      const word = uniqueTag();
      const dockerfile = `FROM busybox:local AS one\nRUN echo one-${word} | tee /1\nFROM busybox:local AS two\nRUN echo two-${word} | tee /2\nFROM scratch\nCOPY --from=one /1 /\nCOPY --from=two /2 /\n`;
      const options = { outputs: [{ type: 'none' as const }] };
      await runBuild(engine.create(), { dockerfile, options });
      const { log } = await runBuild(engine.create(), {
        dockerfile,
        options: { ...options, noCache: ['two'] },
      });
      expect(log).toContain(`two-${word}`);
      expect(log).not.toContain(`one-${word}`);
    },
  },
  {
    title: 'builds for the platform that was asked for',
    onClassic: async (engine) => {
      const tag = uniqueTag();
      await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nLABEL a=b\n',
        options: { platforms: ['linux/amd64'], tags: [tag] },
      });
      const image = await engine.docker.inspect(tag);
      await engine.docker.remove(tag);
      expect(image).toMatchObject({ Os: 'linux', Architecture: 'amd64' });
    },
    run: async (engine) => {
      const { log } = await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nARG TARGETPLATFORM\nRUN echo "for $TARGETPLATFORM"\n',
        options: { platforms: ['linux/amd64'], noCache: true, outputs: [{ type: 'none' }] },
      });
      expect(log).toContain('for linux/amd64');
    },
  },
  {
    title: 'makes one image for several platforms',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: async (engine) => {
      const { result } = await runBuild(engine.create(), {
        dockerfile: 'FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /arch\n',
        files: { amd64: 'amd64', arm64: 'arm64' },
        options: {
          tags: [uniqueTag()],
          platforms: ['linux/amd64', 'linux/arm64'],
          outputs: [{ type: 'oci', destination: async (chunks) => void (await size(chunks)) }],
        },
      });
      expect(result.digest).toMatch(/^sha256:/u);
    },
  },
  {
    title: 'knows extra host names while it runs steps',
    run: async (engine) => {
      const { log } = await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN cat /etc/hosts\n',
        options: { extraHosts: { 'db.internal': '10.1.2.3' }, noCache: true, outputs: [{ type: 'none' }] },
      });
      expect(log).toMatch(/10\.1\.2\.3\s+db\.internal/u);
    },
  },
  {
    title: 'limits open files and sizes shared memory as told',
    onClassic: 'same',
    lackedBy: (engine) => !engine.modern,
    run: async (engine) => {
      const { log } = await runBuild(engine.create(), {
        dockerfile: 'FROM busybox:local\nRUN ulimit -n && df -k /dev/shm | tail -1\n',
        options: {
          ulimits: { nofile: { soft: 321, hard: 654 } },
          shmSizeBytes: 3 << 20,
          noCache: true,
          outputs: [{ type: 'none' }],
        },
      });
      expect(log).toContain('321');
      expect(log).toMatch(/\b3072\b/u);
    },
  },
  {
    title: 'makes the same image twice for one source date',
    lackedBy: (engine) => !engine.modern,
    run: async (engine) => {
      const build = async (): Promise<string | undefined> => {
        const { result } = await runBuild(engine.create(), {
          dockerfile: 'FROM scratch\nCOPY a /\n',
          files: { a: 'A' },
          options: {
            tags: [uniqueTag()],
            sourceDateEpoch: 1_700_000_000,
            noCache: true,
            outputs: [{ type: 'load' }],
          },
        });
        for (const tag of result.tags) await engine.docker.remove(tag);
        return String(result.metadata['containerimage.digest']);
      };
      expect(await build()).toBe(await build());
    },
  },
  {
    title: 'rewrites timestamps inside layers to the source date',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: async (engine) => {
      let archive: Buffer = Buffer.alloc(0);
      await runBuild(engine.create(), {
        dockerfile: 'FROM scratch\nCOPY a /\n',
        files: { a: { content: 'A', mtimeNs: 1_720_000_000_000_000_000n } },
        options: {
          sourceDateEpoch: 1_600_000_000,
          rewriteTimestamps: true,
          outputs: [
            {
              type: 'oci',
              compression: 'uncompressed',
              destination: async (chunks) => {
                archive = await collect(chunks);
              },
            },
          ],
        },
      });
      // The header of the file in its layer, with the time in octal.
      expect(archive.includes(`${(1_600_000_000).toString(8)}`)).toBe(true);
      expect(archive.includes(`${(1_720_000_000).toString(8)}`)).toBe(false);
    },
  },
  {
    title: 'rewrites the timestamps of an image in the store of the engine',
    lackedBy: (engine) => engine.store !== 'buildkitd',
    run: async (engine) => {
      const tag = uniqueTag();
      await runBuild(engine.create(), {
        dockerfile: 'FROM scratch\nCOPY a /\n',
        files: { a: 'A' },
        options: {
          tags: [tag],
          sourceDateEpoch: 1_600_000_000,
          rewriteTimestamps: true,
          outputs: [{ type: 'load' }],
        },
      });
      await engine.docker.remove(tag);
    },
  },
  {
    title: 'sets all times of exported files to the source date',
    lackedBy: (engine) => !engine.modern,
    run: (engine) =>
      exported(
        engine,
        {
          dockerfile: 'FROM scratch\nCOPY a /\n',
          files: { a: { content: 'A', mtimeNs: 1_720_000_000_000_000_000n } },
          options: { sourceDateEpoch: 1_600_000_000 },
        },
        ({ directory }) => expect(statSync(join(directory, 'a')).mtimeMs).toBe(1_600_000_000_000),
      ),
  },
  {
    title: 'builds a context that the engine fetches itself, with a Dockerfile from here',
    onClassic: 'refused',
    run: async (engine) => {
      const archive = pack();
      archive.entry({ name: 'Dockerfile' }, 'FROM scratch\nCOPY not-this-one /\n');
      archive.entry({ name: 'a' }, 'fetched');
      archive.finalize();
      const content = await collect(Readable.from(archive));
      const socketPath = `/tmp/stagecraft-web-${randomBytes(6).toString('hex')}.sock`;
      const server = createServer((_request, response) => response.end(content));
      await new Promise<void>((resolve) => server.listen(socketPath, resolve));
      try {
        const url = `http://127.0.0.1:${await engine.expose(socketPath)}/context.tar`;
        await exported(engine, { dockerfile: 'FROM scratch\nCOPY a /\n', context: { url } }, (image) =>
          expect(image.text('a')).toBe('fetched'),
        );
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  },
  {
    title: 'reads a named context from here',
    lackedBy: (engine) => !engine.modern,
    run: (engine) =>
      exported(
        engine,
        {
          dockerfile: 'FROM scratch\nCOPY --from=other /x /\nCOPY main /\n',
          files: { main: 'main' },
          namedContexts: { other: memoryContext({ x: 'from the other', y: 'not read' }, uniqueTag()) },
        },
        (image) => {
          expect(image.text('x')).toBe('from the other');
          expect(image.text('main')).toBe('main');
        },
      ),
  },
  {
    title: 'replaces a base image by a named context',
    lackedBy: (engine) => !engine.modern,
    run: async (engine) => {
      await runBuild(engine.create(), {
        dockerfile: 'FROM no-such-base\nRUN true\n',
        namedContexts: { 'no-such-base': { image: 'busybox:local' } },
        options: { outputs: [{ type: 'none' }] },
      });
    },
  },
  {
    title: 'attaches minimal provenance when asked',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: async (engine) => {
      let archive: Buffer = Buffer.alloc(0);
      await runBuild(engine.create(), {
        dockerfile: 'FROM scratch\nARG TOKEN\nCOPY a /\n',
        files: { a: 'A' },
        options: {
          buildArgs: { TOKEN: 'not-for-the-public' },
          attestations: { provenance: 'min' },
          outputs: [
            {
              type: 'oci',
              destination: async (chunks) => {
                archive = await collect(chunks);
              },
            },
          ],
        },
      });
      const text = archive.toString('latin1');
      expect(text).toContain('attestation-manifest');
      expect(text).not.toContain('not-for-the-public');
    },
  },
  {
    title: 'says that a Dockerfile is too large for the engine',
    onClassic: async (engine) => {
      const dockerfile = `FROM scratch\n${`# ${'x'.repeat(60_000)}\n`.repeat(400)}LABEL a=b\n`;
      // It travels in the context, which has no limit.
      const { result } = await runBuild(engine.create(), { dockerfile });
      expect(result.imageId).toMatch(/^sha256:/u);
    },
    run: async (engine) => {
      const dockerfile = `FROM scratch\n${`# ${'x'.repeat(60_000)}\n`.repeat(400)}`;
      const error = await errorOf(runBuild(engine.create(), { dockerfile }));
      expect(['engine-refused', 'invalid-value']).toContain(error.code);
    },
  },
];

async function size(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  return (await collect(chunks)).length;
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
