import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { expect } from 'vitest';
import { classic } from '../../../src/engines/index.ts';
import { errorOf } from '../support/expect-error.ts';
import { requestOf, runBuild, uniqueTag } from '../support/requests.ts';
import type { Scenario } from '../support/scenario.ts';
import { withDirectory } from '../support/temporary.ts';

const small = { dockerfile: 'FROM scratch\nCOPY . /\n', files: { 'a.txt': 'hello', 'dir/b.txt': 'deep' } };

/** Where results go, and that a broken destination breaks the build. */
export const outputScenarios: readonly Scenario[] = [
  {
    title: 'loads an image under its tags and looks it up',
    onClassic: async (engine) => {
      const tags = [uniqueTag(), uniqueTag()];
      const { result } = await runBuild(engine.create(), { ...small, options: { tags } });
      const images = await Promise.all(tags.map((tag) => engine.docker.inspect(tag)));
      for (const tag of tags) await engine.docker.remove(tag);
      expect(images.map((image) => image?.Id)).toEqual([result.imageId, result.imageId]);
      expect(result.tags).toEqual(tags);
    },
    run: async (engine) => {
      const tags = [uniqueTag(), uniqueTag()];
      const { result } = await runBuild(engine.create(), {
        ...small,
        options: { tags, outputs: [{ type: 'load' }] },
      });
      const images = await Promise.all(tags.map((tag) => engine.docker.inspect(tag)));
      for (const tag of tags) await engine.docker.remove(tag);
      expect(images[0]?.Id).toBeDefined();
      expect(images[1]?.Id).toBe(images[0]?.Id);
      expect(result.imageId).toBe(images[0]?.Id);
      expect(result.tags).toEqual(tags.map((tag) => `docker.io/${tag}`));
    },
  },
  {
    title: 'answers with what a metadata file holds',
    onClassic: async (engine) => {
      const tag = uniqueTag();
      const { result } = await runBuild(engine.create(), { ...small, options: { tags: [tag] } });
      await engine.docker.remove(tag);
      expect(result.metadata).toEqual({ 'containerimage.config.digest': result.imageId, 'image.name': tag });
    },
    run: async (engine) => {
      const tag = uniqueTag();
      const { result } = await runBuild(engine.create(), {
        ...small,
        // With a statement beside it the image is an index, which has no configuration.
        options: { tags: [tag], outputs: [{ type: 'load' }], attestations: { provenance: false } },
      });
      const { metadata } = result;
      const digest = expect.stringMatching(/^sha256:[a-f\d]{64}$/u);
      expect(metadata).toMatchObject({
        'containerimage.digest': result.digest ?? digest,
        'containerimage.config.digest': engine.store === 'docker-graph' ? result.imageId : digest,
        'buildx.build.ref': expect.stringMatching(`^[a-z]+/[a-z0-9]+/${result.ref}$`),
      });
      await engine.docker.remove(tag);
      if (engine.store === 'docker-graph') return;
      expect(metadata['containerimage.descriptor']).toMatchObject({
        digest: result.digest,
        mediaType: expect.stringContaining('application/vnd.'),
        size: expect.any(Number),
      });
    },
  },
  {
    title: 'writes the files of an image as one archive',
    onClassic: 'refused',
    run: (engine) =>
      withDirectory(async (directory) => {
        const destination = join(directory, 'files.tar');
        await runBuild(engine.create(), { ...small, options: { outputs: [{ type: 'tar', destination }] } });
        const names = await entriesOf(readFileSync(destination));
        expect(names).toContain('a.txt');
        expect(names).toContain('dir/b.txt');
        expect(readdirSync(directory)).toEqual(['files.tar']);
      }),
  },
  {
    title: 'hands an archive to a function',
    onClassic: 'refused',
    run: async (engine) => {
      const chunks: Uint8Array[] = [];
      const destination = async (bytes: AsyncIterable<Uint8Array>): Promise<void> => {
        for await (const chunk of bytes) chunks.push(chunk);
      };
      await runBuild(engine.create(), { ...small, options: { outputs: [{ type: 'tar', destination }] } });
      expect(await entriesOf(Buffer.concat(chunks))).toContain('a.txt');
    },
  },
  {
    title: 'writes the files of an image into a directory, and keeps what else is there',
    onClassic: 'refused',
    run: (engine) =>
      withDirectory(async (directory) => {
        mkdirSync(join(directory, 'out/dir'), { recursive: true });
        writeFileSync(join(directory, 'out/mine'), 'mine');
        writeFileSync(join(directory, 'out/a.txt'), 'old');
        await runBuild(engine.create(), {
          ...small,
          options: { outputs: [{ type: 'local', path: join(directory, 'out') }] },
        });
        expect(readFileSync(join(directory, 'out/a.txt'), 'utf8')).toBe('hello');
        expect(readFileSync(join(directory, 'out/dir/b.txt'), 'utf8')).toBe('deep');
        expect(readFileSync(join(directory, 'out/mine'), 'utf8')).toBe('mine');
        expect(readdirSync(directory)).toEqual(['out']);
      }),
  },
  {
    title: 'writes through no link that lies in the output directory',
    onClassic: 'refused',
    run: (engine) =>
      withDirectory(async (directory) => {
        mkdirSync(join(directory, 'out'));
        mkdirSync(join(directory, 'elsewhere'));
        symlinkSync(join(directory, 'elsewhere'), join(directory, 'out/dir'));
        await runBuild(engine.create(), {
          ...small,
          options: { outputs: [{ type: 'local', path: join(directory, 'out') }] },
        });
        expect(readdirSync(join(directory, 'elsewhere'))).toEqual([]);
        expect(lstatSync(join(directory, 'out/dir')).isDirectory()).toBe(true);
      }),
  },
  {
    title: 'writes an image in OCI layout',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: (engine) =>
      withDirectory(async (directory) => {
        const destination = join(directory, 'image.tar');
        const { result } = await runBuild(engine.create(), {
          ...small,
          options: { tags: [uniqueTag()], outputs: [{ type: 'oci', destination }] },
        });
        expect(await entriesOf(readFileSync(destination))).toContain('index.json');
        expect(result.digest).toMatch(/^sha256:[a-f\d]{64}$/u);
      }),
  },
  {
    title: 'writes an image as docker load reads it',
    onClassic: 'refused',
    lackedBy: (engine) => engine.store === 'docker-graph',
    run: (engine) =>
      withDirectory(async (directory) => {
        const destination = join(directory, 'image.tar');
        await runBuild(engine.create(), {
          ...small,
          options: { tags: [uniqueTag()], outputs: [{ type: 'docker', destination }] },
        });
        expect(await entriesOf(readFileSync(destination))).toContain('manifest.json');
      }),
  },
  {
    title: 'writes several outputs of one build',
    lackedBy: (engine) => !engine.modern,
    run: (engine) =>
      withDirectory(async (directory) => {
        const outputs = [
          { type: 'tar' as const, destination: join(directory, 'files.tar') },
          { type: 'local' as const, path: join(directory, 'out') },
        ];
        await runBuild(engine.create(), { ...small, options: { outputs } });
        expect(await entriesOf(readFileSync(join(directory, 'files.tar')))).toContain('a.txt');
        expect(readFileSync(join(directory, 'out/a.txt'), 'utf8')).toBe('hello');
      }),
  },
  {
    title: 'fails when a destination fails, and leaves nothing half-written',
    onClassic: 'refused',
    run: (engine) =>
      withDirectory(async (directory) => {
        writeFileSync(join(directory, 'file'), '');
        const destination = join(directory, 'file/below.tar');
        const error = await errorOf(
          runBuild(engine.create(), { ...small, options: { outputs: [{ type: 'tar', destination }] } }),
        );
        expect(error.code).toBe('output-failed');
        expect(readdirSync(directory)).toEqual(['file']);
      }),
  },
  {
    title: 'fails when a function that takes an archive fails',
    onClassic: 'refused',
    run: async (engine) => {
      const destination = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
        for await (const _ of chunks) throw new Error('the disk is full');
      };
      const error = await errorOf(
        runBuild(engine.create(), { ...small, options: { outputs: [{ type: 'tar', destination }] } }),
      );
      expect(error.code).toBe('output-failed');
      expect(error.message).toContain('the disk is full');
    },
  },
  {
    title: 'leaves no file of a build that fails',
    onClassic: 'refused',
    run: (engine) =>
      withDirectory(async (directory) => {
        const destination = join(directory, 'files.tar');
        const build = {
          dockerfile: 'FROM busybox:local\nRUN exit 1\n',
          options: { outputs: [{ type: 'tar' as const, destination }] },
        };
        await errorOf(runBuild(engine.create(), build));
        expect(existsSync(destination)).toBe(false);
        expect(readdirSync(directory)).toEqual([]);
      }),
  },
  {
    title: 'builds without any output',
    onClassic: async () => {
      const request = requestOf({ ...small, options: { outputs: [{ type: 'none' }] } });
      const error = await errorOf(runBuild(classic(), request));
      expect(error.code).toBe('unsupported-feature');
    },
    run: async (engine) => {
      const { result } = await runBuild(engine.create(), {
        ...small,
        options: { outputs: [{ type: 'none' }] },
      });
      expect(result.imageId).toBeUndefined();
    },
  },
];

function entriesOf(archive: Buffer): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const names: string[] = [];
    const reader = extract();
    reader.on('entry', ({ name }, stream, next) => {
      names.push(name.replace(/^\.?\//u, ''));
      stream.on('end', next);
      stream.resume();
    });
    reader.on('finish', () => resolve(names));
    reader.on('error', reject);
    reader.end(archive);
  });
}
