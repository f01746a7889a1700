import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type ContextEntry, type ContextPlan, packContext, planContext } from '../src/context/index.ts';
import { collect } from './context-support/pool.ts';
import { readTar } from './context-support/read-tar.ts';
import { createTree, removeTree, type TreeShape } from './context-support/temporary-tree.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) removeTree(root);
});

function tree(shape: TreeShape): string {
  const root = createTree(shape);
  roots.push(root);
  return root;
}

const packed = async (directory: string): Promise<Buffer> =>
  collect(packContext(await planContext({ directory })));
const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('packContext', () => {
  it('writes what tar-stream and GNU tar read', async () => {
    const long = `${'d'.repeat(120)}/${'f'.repeat(180)}`;
    const directory = tree({ a: 'hello', [long]: 'x'.repeat(300_000), 'b/c': '', l: { link: 'a' } });
    lutimesSync(join(directory, 'a'), -5, -5);
    linkSync(join(directory, 'a'), join(directory, 'z'));
    const bytes = await packed(directory);
    const seen: string[] = [];
    const reader = Readable.from([bytes]).pipe(extract());
    for await (const entry of reader as AsyncIterable<
      Readable & { header: { name: string; size: number } }
    >) {
      seen.push(`${entry.header.name} ${entry.header.size}`);
      entry.resume();
    }
    const expected = ['a 5', 'b/ 0', 'b/c 0', `${'d'.repeat(120)}/ 0`, `${long} 300000`, 'l 0', 'z 0'];
    expect(seen).toEqual(expected);
    const listed = execFileSync('tar', ['tf', '-'], { input: bytes }).toString().trim().split('\n');
    expect(listed).toEqual(expected.map((line) => line.replace(/ \d+$/u, '')));
  });

  it('puts extra files first, in the place of planned ones', async () => {
    const directory = tree({ Dockerfile: 'disk', a: '' });
    const plan = await planContext({ directory });
    const entries = readTar(
      await collect(packContext(plan, { files: [{ path: '/Dockerfile', content: 'memory' }] })),
    );
    expect(entries.map((entry) => [entry.name, entry.content.toString()])).toEqual([
      ['Dockerfile', 'memory'],
      ['a', ''],
    ]);
  });

  it('makes the same bytes whatever the order of the directory, the umask, the locale and the time zone', async () => {
    const names = ['b', 'a', 'B', 'a-b', 'a.b', 'ä', '\u{1F433}', '\uFF5E', 'sub', 'sub-2'];
    const hashes = new Set<string>();
    const before = { umask: process.umask(), zone: process.env['TZ'], locale: process.env['LC_ALL'] };
    for (const [turn, zone] of ['UTC', 'Asia/Tokyo', 'America/St_Johns'].entries()) {
      process.umask([0o022, 0o077, 0o000][turn] ?? 0);
      process.env['TZ'] = zone;
      process.env['LC_ALL'] = ['C', 'sv_SE.UTF-8', 'de_DE'][turn];
      const directory = tree({});
      for (const name of turn === 1 ? [...names].reverse() : names) {
        mkdirSync(join(directory, name));
        writeFileSync(join(directory, name, 'file'), name);
        chmodSync(join(directory, name, 'file'), 0o640);
        chmodSync(join(directory, name), 0o750);
        utimesSync(join(directory, name, 'file'), 1e9, 1e9);
        utimesSync(join(directory, name), 1e9, 1e9);
      }
      hashes.add(hash(await packed(directory)));
    }
    process.umask(before.umask);
    restore('TZ', before.zone);
    restore('LC_ALL', before.locale);
    expect(hashes.size).toBe(1);
  });

  it('clamps times to SOURCE_DATE_EPOCH', async () => {
    const directory = tree({ old: '', new: '' });
    utimesSync(join(directory, 'old'), 1000, 1000);
    const plan = await planContext({ directory, files: { memory: 'x' }, sourceDateEpoch: 2000 });
    const times = readTar(await collect(packContext(plan))).map((entry) => [entry.name, entry.mtimeSeconds]);
    expect(times).toEqual([
      ['memory', 2000],
      ['new', 2000],
      ['old', 1000],
    ]);
  });

  it('compresses with gzip, and says so when there is no zstd', async () => {
    const plan = await planContext({ directory: tree({ a: 'x'.repeat(100_000) }) });
    const whole = await collect(packContext(plan));
    expect(gunzipSync(await collect(packContext(plan, { compression: 'gzip' })))).toEqual(whole);
    const zstd = collect(packContext(plan, { compression: 'zstd' }));
    if ('createZstdCompress' in (await import('node:zlib')))
      expect((await zstd).length).toBeLessThan(whole.length);
    else await expect(zstd).rejects.toMatchObject({ code: 'unsupported-feature' });
  });

  it('passes an error on through compression', async () => {
    const directory = tree({ a: 'x' });
    const plan = await planContext({ directory });
    appendFileSync(join(directory, 'a'), 'y');
    await expect(collect(packContext(plan, { compression: 'gzip' }))).rejects.toMatchObject({
      code: 'context-changed',
    });
  });

  it('can be packed many times, and left in the middle, without leaking descriptors', async () => {
    const directory = tree({ 'a/b/c/file': 'x'.repeat(600_000), 'a/z': 'x'.repeat(600_000) });
    const plan = await planContext({ directory });
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let turn = 0; turn < 20; turn += 1) {
      for await (const chunk of packContext(plan)) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
    }
    expect(open()).toBe(before);
  });

  it('asks for no more than is taken', async () => {
    const plan = await planContext({ directory: tree({ big: 'x'.repeat(2_000_000) }) });
    const chunks = packContext(plan)[Symbol.asyncIterator]();
    await chunks.next();
    appendFileSync(join(plan.directory ?? '', 'big'), 'y');
    // The file is read piece by piece as it is asked for, so the change is noticed at the end.
    await expect(
      (async () => {
        while (!(await chunks.next()).done);
      })(),
    ).rejects.toMatchObject({ code: 'context-changed' });
  });

  it('stops when it is aborted', async () => {
    const plan = await planContext({ directory: tree({ a: 'x' }) });
    await expect(collect(packContext(plan, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('refuses pipes when told to', async () => {
    const directory = tree({ a: '' });
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    expect(readTar(await packed(directory)).map((entry) => entry.type)).toEqual(['0', '6']);
    await expect(planContext({ directory, specialFiles: 'refuse' })).rejects.toMatchObject({
      code: 'context-unsupported',
      message: '"pipe" is a pipe or a device.',
    });
  });
});

describe('a tree that is not as planned', () => {
  const changes: readonly (readonly [name: string, path: string, change: (root: string) => void])[] = [
    ['grew', 'd/file', (root) => appendFileSync(join(root, 'd/file'), 'more')],
    ['shrank', 'd/file', (root) => writeFileSync(join(root, 'd/file'), '')],
    ['was rewritten', 'd/file', (root) => rewrite(join(root, 'd/file'))],
    ['was deleted', 'd/file', (root) => unlinkSync(join(root, 'd/file'))],
    ['was renamed', 'd/file', (root) => renameSync(join(root, 'd/file'), join(root, 'd/other'))],
    ['changed its mode', 'd/file', (root) => chmodSync(join(root, 'd/file'), 0o600)],
    [
      'became a link',
      'd/file',
      (root) => swap(join(root, 'd/file'), (path) => symlinkSync('/etc/passwd', path)),
    ],
    [
      'became a pipe',
      'd/file',
      (root) => swap(join(root, 'd/file'), (path) => execFileSync('mkfifo', [path])),
    ],
    ['became a directory', 'd/file', (root) => swap(join(root, 'd/file'), (path) => mkdirSync(path))],
    ['leads elsewhere', 'd/link', (root) => swap(join(root, 'd/link'), (path) => symlinkSync('b', path))],
    [
      'is a directory swapped for a link',
      'd',
      (root) => swap(join(root, 'd'), (path) => symlinkSync('/etc', path)),
    ],
    ['is a directory swapped for another', 'd', (root) => swap(join(root, 'd'), (path) => mkdirSync(path))],
    ['is new', 'd/new', (root) => writeFileSync(join(root, 'd/new'), '')],
    ['is a new directory', 'new', (root) => mkdirSync(join(root, 'new'))],
  ];

  it.each(changes)('is refused with the path of what %s: %s', async (_name, path, change) => {
    const root = tree({ 'd/file': 'content', 'd/link': { link: 'a' }, e: '' });
    const plan = await planContext({ directory: root });
    change(root);
    await expect(collect(packContext(plan))).rejects.toMatchObject({
      code: 'context-changed',
      message: expect.stringContaining(`"${path}"`),
    });
  });

  it('may change where nothing is read', async () => {
    const root = tree({ '.dockerignore': 'out\n*.log', 'src/a': 'x', 'out/b': 'y' });
    const plan = await planContext({ directory: root, reads: [{ source: 'src', kind: 'copy' }] });
    writeFileSync(join(root, 'out/new'), '');
    writeFileSync(join(root, 'src/debug.log'), '');
    writeFileSync(join(root, 'build.log'), '');
    writeFileSync(join(root, 'unread'), '');
    rmSync(join(root, 'src/debug.log'));
    const entries = readTar(await collect(packContext(plan)));
    expect(entries.map((entry) => entry.name)).toEqual(['src/', 'src/a']);
  });

  it('is refused by a lazy reader, too', async () => {
    const root = tree({ 'd/file': 'content' });
    const plan = await planContext({ directory: root });
    const entries = await listEntries(plan);
    rewrite(join(root, 'd/file'));
    const file = entries.find((entry) => entry.path === 'd/file');
    await expect(readEntry(file)).rejects.toMatchObject({ code: 'context-changed' });
  });
});

describe('entries', () => {
  it('come with everything an engine compares', async () => {
    const root = tree({ 'd/file': 'content', link: { link: 'd/file' }, 'd-2/x': '' });
    linkSync(join(root, 'd/file'), join(root, 'hard'));
    chmodSync(join(root, 'd/file'), 0o4755);
    const entries = await listEntries(await planContext({ directory: root, files: { 'd/memory': 'abc' } }));
    expect(entries.map(({ read: _, mtimeNs: __, changedNs: ___, ...entry }) => entry)).toEqual([
      { path: 'd', type: 'directory', mode: 0o040755, sizeBytes: 0 },
      { path: 'd/file', type: 'file', mode: 0o104755, sizeBytes: 7 },
      { path: 'd/memory', type: 'file', mode: 0o100644, sizeBytes: 3 },
      { path: 'd-2', type: 'directory', mode: 0o040755, sizeBytes: 0 },
      { path: 'd-2/x', type: 'file', mode: 0o100644, sizeBytes: 0 },
      { path: 'hard', type: 'file', mode: 0o104755, sizeBytes: 7, hardLink: true, linkName: 'd/file' },
      { path: 'link', type: 'symlink', mode: 0o120777, sizeBytes: 6, linkName: 'd/file' },
    ]);
    expect(entries.every((entry) => entry.mtimeNs > 0n)).toBe(true);
    expect((await readEntry(entries[1])).toString()).toBe('content');
    expect((await readEntry(entries[2])).toString()).toBe('abc');
    expect(await readEntry(entries[4])).toHaveLength(0);
  });

  it('can be read in any order, long after they were listed', async () => {
    const root = tree({ 'a/b/c': '1', 'a/d': '2', e: '3', 'f/g/h': '4'.repeat(500_000) });
    const entries = (await listEntries(await planContext({ directory: root }))).filter((entry) => entry.read);
    await new Promise((resolve) => setTimeout(resolve, 250));
    const contents = [];
    for (const entry of entries.reverse()) contents.push((await readEntry(entry)).toString().slice(0, 1));
    expect(contents).toEqual(['4', '3', '2', '1']);
  });

  it('tell changed in-memory files of the same size apart by their time', async () => {
    const timeOf = async (content: string): Promise<bigint | undefined> =>
      (await listEntries(await planContext({ files: { a: content } })))[0]?.mtimeNs;
    expect(await timeOf('AAA')).toBe(await timeOf('AAA'));
    expect(await timeOf('AAA')).not.toBe(await timeOf('BBB'));
  });

  it('are refused for a name that is not UTF-8', async () => {
    const root = tree({});
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff])]), '');
    const plan = await planContext({ directory: root });
    await expect(listEntries(plan)).rejects.toMatchObject({ code: 'context-unsupported' });
    expect(readTar(await collect(packContext(plan))).map((entry) => entry.name)).toEqual(['a\xff']);
  });
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function swap(path: string, make: (path: string) => void): void {
  renameSync(path, `${path}.moved-away`);
  make(path);
}

/** Other content of the same size, with another time. */
function rewrite(path: string): void {
  writeFileSync(path, 'CONTENT');
  utimesSync(path, 5, 5);
}

async function listEntries(plan: ContextPlan): Promise<ContextEntry[]> {
  const entries: ContextEntry[] = [];
  for await (const entry of plan.entries()) entries.push(entry);
  return entries;
}

async function readEntry(entry: ContextEntry | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry?.read?.() ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}
