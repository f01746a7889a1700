import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../src/build.ts';
import { classic } from '../src/engines/index.ts';
import { final } from '../src/index.ts';
import { readTar, type TarEntry } from './context-support/read-tar.ts';
import { type RecordingEngine, startRecordingEngine } from './context-support/recording-engine.ts';
import { createTree, removeTree } from './context-support/temporary-tree.ts';

const services = 20;
const blockBytes = 512;
/** What the docker CLI calls a Dockerfile that is not part of the context, and what we do. */
const dockerfileNames = /\.(?:dockerfile\.[0-9a-f]+|stagecraft\.dockerfile)/gu;

describe('what the classic builder is sent, next to the docker CLI', () => {
  let engine: RecordingEngine;
  let elsewhere: string;
  const trees: string[] = [];
  let count = 0;

  beforeAll(async () => {
    engine = await startRecordingEngine();
    elsewhere = createTree({ Dockerfile: 'FROM scratch\nCOPY . /\n' });
  });

  afterAll(async () => {
    await engine.close();
    for (const tree of [elsewhere, ...trees]) removeTree(tree);
  });

  async function send(directory: string, source: string): Promise<Buffer> {
    count += 1;
    const tag = `own:${count}`;
    await build(final().from('scratch').copy(source, '/'), {
      engine: classic({ host: engine.host }),
      context: directory,
      tags: [tag],
    });
    return engine.take(tag) ?? Buffer.alloc(0);
  }

  test.each([
    ['no ignore file', undefined],
    ['an ignore file', '*.log\n'],
    ['an ignore file without a last line end', '# logs\r\n*.log'],
    ['an ignore file that ignores itself', '*.log\n.dockerignore\n'],
    ['an ignore file that brings back what a directory above ignores', 'vault\n!vault/open\n'],
    ['an ignore file that brings back by a wildcard, which the CLI does not follow', 'vault\n!**/open\n'],
  ])('COPY . of a context with %s takes the same files', async (_, ignore) => {
    const tree = createTree({ a: '1', 'b.log': '2', 'vault/open': '3', 'vault/shut': '4' });
    trees.push(tree);
    if (ignore !== undefined) writeFileSync(join(tree, '.dockerignore'), ignore, { mode: 0o640 });
    const cli = await engine.build(tree, ['-f', join(elsewhere, 'Dockerfile')]);
    const ours = await send(tree, '.');
    expect(cli.exitCode).toBe(0);
    expect(describeAll(ours)).toEqual(describeAll(ended(cli.tar)));
  });

  test(`one of ${services} services sends at most a tenth of what the CLI sends`, async () => {
    const tree = createTree({ 'package.json': '{}', 'shared/index.ts': 'x'.repeat(2000) });
    trees.push(tree);
    for (let service = 0; service < services; service += 1) {
      const folder = join(tree, 'services', `s${service}`);
      mkdirSync(folder, { recursive: true });
      for (let file = 0; file < 30; file += 1)
        writeFileSync(join(folder, `f${file}.ts`), 'y'.repeat(500 + file * 200));
    }
    const cli = await engine.build(tree, ['-f', join(elsewhere, 'Dockerfile')]);
    const ours = await send(tree, 'services/s7');
    const share = ours.length / (cli.tar?.length ?? 0);
    console.log(`bytes sent for one service: ${ours.length}, the docker CLI ${cli.tar?.length}`);
    expect(readTar(ours).filter(({ name }) => name.startsWith('services/s7/f'))).toHaveLength(30);
    expect(share).toBeLessThanOrEqual(0.1);
  });
});

/** With a Dockerfile from elsewhere the CLI neither fills up the last block nor writes an end. */
function ended(archive: Buffer = Buffer.alloc(0)): Buffer {
  const missing = (blockBytes - (archive.length % blockBytes)) % blockBytes;
  return Buffer.concat([archive, Buffer.alloc(missing + 2 * blockBytes)]);
}

/** Every entry with all that reaches an image, in one order. */
function describeAll(archive: Buffer): readonly string[] {
  const entries = readTar(archive).filter((entry) => !ignoresItself(entry));
  return entries.map(describeEntry).sort();
}

// The engine removes it before COPY, as it removes the Dockerfile.
function ignoresItself({ name, content }: TarEntry): boolean {
  return name === '.dockerignore' && content.toString().split('\n').includes(name);
}

function describeEntry({ name, type, mode, mtimeSeconds, content }: TarEntry): string {
  // Its text is each builder's own.
  if (name.replace(dockerfileNames, '') === '') return 'Dockerfile';
  const text = content.toString().replace(dockerfileNames, 'Dockerfile');
  return JSON.stringify({ name, type, mode: mode & 0o7777, mtimeSeconds, text });
}
