import { execFileSync } from 'node:child_process';
import { linkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDaemon } from '../../../scripts/daemon.mjs';
import { type ContextRead, packContext, planContext } from '../src/context/index.ts';
import { collect } from './context-support/pool.ts';
import { readTar } from './context-support/read-tar.ts';
import { createTree, removeTree } from './context-support/temporary-tree.ts';

const copy = (source: string, more: Partial<ContextRead> = {}): ContextRead => ({
  source,
  kind: 'copy',
  ...more,
});

/** COPY lines and the reads behind them. Each must give the same files from the plan as from the whole context. */
const cases: readonly (readonly [lines: string, reads: readonly ContextRead[]])[] = [
  ['COPY package.json /', [copy('package.json')]],
  ['COPY src /src', [copy('src')]],
  ['COPY src/ lib/ /all/', [copy('src/'), copy('lib/')]],
  ['COPY *.json /', [copy('*.json')]],
  ['COPY s*/*.ts /flat/', [copy('s*/*.ts')]],
  ['COPY link /copied', [copy('link')]],
  ['COPY link/nested /nested', [copy('link/nested')]],
  ['COPY absolute /absolute', [copy('absolute')]],
  ['COPY chain /chain', [copy('chain')]],
  ['COPY links/ /links', [copy('links/')]],
  ['COPY packages/*/package.json /manifests/', [copy('packages/*/package.json')]],
  ['COPY hard /hard', [copy('hard')]],
  ['COPY empty /empty', [copy('empty')]],
  ['COPY . /everything', [copy('.', { whole: true })]],
  ['ADD archive.tar /unpacked', [{ source: 'archive.tar', kind: 'add' }]],
  ['COPY src /src\nCOPY package.json /src/', [copy('src'), copy('package.json')]],
];

describe('building from a planned context', () => {
  let socketPath: string;
  let root: string;
  let count = 0;

  beforeAll(async () => {
    const daemon = await ensureDaemon();
    socketPath = daemon.socketPath ?? '';
    root = createTree({
      '.dockerignore': '**/*.log\nsrc/private\n!src/private/public.ts\n',
      'package.json': '{}',
      'tsconfig.json': '{ }',
      'src/index.ts': 'index',
      'src/debug.log': 'log',
      'src/private/secret.ts': 'secret',
      'src/private/public.ts': 'public',
      'src/nested/deep.ts': 'deep',
      'lib/a/b/c.txt': 'c',
      'real/nested/file': 'file',
      link: { link: 'real' },
      absolute: { link: '/real/nested' },
      chain: { link: 'link/nested/file' },
      'links/dangling': { link: 'nowhere' },
      'links/up': { link: '../package.json' },
      'packages/one/package.json': 'one',
      'packages/two': { link: '../lib' },
      'lib/package.json': 'two',
      'empty/': '',
    });
    linkSync(join(root, 'lib/a/b/c.txt'), join(root, 'hard'));
    execFileSync('tar', ['cf', join(root, 'archive.tar'), '-C', root, 'src']);
  });

  afterAll(() => removeTree(root));

  it.each(cases)('gives the same files as the whole context: %s', async (lines, reads) => {
    const dockerfile = { path: 'Dockerfile', content: `FROM scratch\n${lines}\n` };
    const planned = await planContext({ directory: root, reads });
    const whole = await planContext({ directory: root });
    expect(planned.warnings).toEqual([]);
    if (!lines.includes('. /everything')) expect(planned.totals.files).toBeLessThan(whole.totals.files);
    for (const version of ['1', '2']) {
      const fromPlan = await buildFiles(
        await collect(packContext(planned, { files: [dockerfile] })),
        version,
      );
      const fromAll = await buildFiles(await collect(packContext(whole, { files: [dockerfile] })), version);
      // The Dockerfile itself travels in the context here, and so lands in a copy of everything.
      expect(fromPlan).toEqual(fromAll);
      expect(fromPlan.length).toBeGreaterThan(0);
    }
  });

  /** The files of the image that the daemon builds from a context: `version` 1 is classic, 2 is BuildKit. */
  async function buildFiles(context: Buffer, version: string): Promise<string[]> {
    count += 1;
    const tag = `stagecraft-context-test:${process.pid}-${count}`;
    const query = `t=${tag}&nocache=1&rm=1&forcerm=1&version=${version}`;
    const answer = (await call('POST', `/build?${query}`, context)).toString();
    if (answer.includes('errorDetail')) throw new Error(answer);
    try {
      return filesOf(await call('GET', `/images/${tag}/get`));
    } finally {
      await call('DELETE', `/images/${tag}?force=1`);
    }
  }

  function call(method: string, path: string, body?: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'application/x-tar' };
      const message = request({ socketPath, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks)));
      });
      message.on('error', reject);
      message.end(body);
    });
  }
});

/** Name, type, mode, link and content of everything in the layers of a saved image. */
function filesOf(saved: Buffer): string[] {
  const entries = new Map(readTar(saved).map((entry) => [entry.name, entry.content]));
  const manifest = JSON.parse(entries.get('manifest.json')?.toString() ?? '[]') as { Layers: string[] }[];
  const layers = (manifest[0]?.Layers ?? []).map((name) => entries.get(name) ?? Buffer.alloc(0));
  return layers
    .map((layer) => (layer[0] === 0x1f && layer[1] === 0x8b ? gunzipSync(layer) : layer))
    .flatMap(readTar)
    .map(({ name, type, mode, linkName, content }) =>
      [name, type, mode & 0o7777, linkName, content].join(' '),
    )
    .sort();
}
