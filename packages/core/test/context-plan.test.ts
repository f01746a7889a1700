import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ContextRead,
  type PlanContextOptions,
  packContext,
  planContext,
  readIgnore,
} from '../src/context/index.ts';
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

const copy = (source: string, more: Partial<ContextRead> = {}): ContextRead => ({
  source,
  kind: 'copy',
  ...more,
});

async function sentPaths(options: PlanContextOptions): Promise<string[]> {
  const plan = await planContext(options);
  const packed = readTar(await collect(packContext(plan))).map((entry) => entry.name.replace(/\/$/u, ''));
  const listed: string[] = [];
  for await (const entry of plan.entries()) listed.push(entry.path);
  expect(listed).toEqual(packed);
  return packed;
}

describe('what travels', () => {
  const app: TreeShape = {
    'package.json': '{}',
    'src/index.ts': 'a',
    'src/index.test.ts': 'b',
    'src/deep/er/file.ts': 'c',
    'src/deep/README.md': 'd',
    'assets/logo.svg': 'e',
    'assets/icons/': '',
    'big.bin': 'f',
  };

  it('is everything when the reads are not known', async () => {
    const paths = await sentPaths({ directory: tree(app) });
    expect(paths).toContain('assets/icons');
    expect(paths).toHaveLength(12);
  });

  it('is what a file source names, with the directories above it', async () => {
    expect(await sentPaths({ directory: tree(app), reads: [copy('src/deep/README.md')] })).toEqual([
      'src',
      'src/deep',
      'src/deep/README.md',
    ]);
  });

  it.each(['assets', '/assets', './assets/', 'src/../assets', '../assets'])(
    'is the directory "%s"',
    async (source) => {
      expect(await sentPaths({ directory: tree(app), reads: [copy(source)] })).toEqual([
        'assets',
        'assets/icons',
        'assets/logo.svg',
      ]);
    },
  );

  it('is what a pattern matches, one component at a time', async () => {
    expect(await sentPaths({ directory: tree(app), reads: [copy('s*/*.test.ts')] })).toEqual([
      'src',
      'src/index.test.ts',
    ]);
    expect(await sentPaths({ directory: tree(app), reads: [copy('*/de?p')] })).toEqual([
      'src',
      'src/deep',
      'src/deep/README.md',
      'src/deep/er',
      'src/deep/er/file.ts',
    ]);
  });

  it('takes a backslash as an escape, as the engine does', async () => {
    const directory = tree({ 'a*b': '', axb: '' });
    expect(await sentPaths({ directory, reads: [copy('a\\*b')] })).toEqual(['a*b']);
  });

  it('is the sum of all reads', async () => {
    const reads = [copy('package.json'), { source: 'assets/logo.svg', kind: 'bind' } as const];
    expect(await sentPaths({ directory: tree(app), reads })).toEqual([
      'assets',
      'assets/logo.svg',
      'package.json',
    ]);
  });

  it('is nothing for reads of other contexts, and only those for a named one', async () => {
    const reads = [copy('package.json', { context: 'other' }), copy('big.bin')];
    expect(await sentPaths({ directory: tree(app), reads })).toEqual(['big.bin']);
    expect(await sentPaths({ directory: tree(app), reads, context: 'other' })).toEqual(['package.json']);
  });

  it('leaves out what --exclude drops below a directory', async () => {
    const exclude = ['**/*.test.ts', 'deep', '!deep/README.md'];
    expect(await sentPaths({ directory: tree(app), reads: [copy('src', { exclude })] })).toEqual([
      'src',
      'src/deep',
      'src/deep/README.md',
      'src/index.ts',
    ]);
  });

  it('keeps what another read wants in spite of an exclude', async () => {
    const reads = [copy('src', { exclude: ['*'] }), copy('src/index.ts')];
    expect(await sentPaths({ directory: tree(app), reads })).toEqual(['src', 'src/index.ts']);
  });

  it('knows "**" and the pivot of --parents', async () => {
    const reads = [copy('src/./**/*.ts', { parents: true })];
    expect(await sentPaths({ directory: tree(app), reads })).toEqual([
      'src',
      'src/deep',
      'src/deep/er',
      'src/deep/er/file.ts',
      'src/index.test.ts',
      'src/index.ts',
    ]);
  });

  it('is not what is ignored', async () => {
    const directory = tree({ ...app, '.dockerignore': 'src\n*.bin\n' });
    const reads = [copy('src'), copy('big.bin'), copy('package.json')];
    expect(await sentPaths({ directory, reads })).toEqual(['package.json']);
    expect(await sentPaths({ directory, ignore: false, reads: [copy('big.bin')] })).toEqual(['big.bin']);
    expect(await sentPaths({ directory, ignore: 'package.json', reads: [copy('*.*')] })).toEqual([
      '.dockerignore',
      'big.bin',
    ]);
  });

  it('includes in-memory files, which win over files on disk and are never ignored', async () => {
    const plan = await planContext({
      directory: tree(app),
      ignore: readIgnore('**'),
      files: { '/package.json': 'memory', 'conf/app.yml': { content: 'x', mode: 0o600 }, unread: 'y' },
      reads: [copy('package.json'), copy('conf')],
    });
    const entries = readTar(await collect(packContext(plan)));
    expect(entries.map((entry) => [entry.name, entry.mode, entry.content.toString()])).toEqual([
      ['conf/', 0o755, ''],
      ['conf/app.yml', 0o600, 'x'],
      ['package.json', 0o644, 'memory'],
    ]);
  });

  it('may have no directory at all', async () => {
    const plan = await planContext({ files: { Dockerfile: 'FROM scratch\n' } });
    expect(plan.directory).toBeUndefined();
    expect(plan.totals).toEqual({ files: 1, bytes: 13 });
  });

  it('refuses an in-memory file below a file', async () => {
    const planned = planContext({ directory: tree(app), files: { 'big.bin/x': '' } });
    await expect(planned).rejects.toMatchObject({ code: 'invalid-options' });
  });
});

describe('symbolic links', () => {
  it('travel with what they lead to when they are on the way of a source', async () => {
    const directory = tree({
      'real/data/file': 'a',
      'real/other': 'b',
      link: { link: 'real/data' },
      absolute: { link: '/real/other' },
      escaping: { link: '../../real/other' },
      chain: { link: 'link/file' },
    });
    const data = ['real', 'real/data', 'real/data/file'];
    expect(await sentPaths({ directory, reads: [copy('link')] })).toEqual(['link', ...data]);
    expect(await sentPaths({ directory, reads: [copy('link/file')] })).toEqual(['link', ...data]);
    expect(await sentPaths({ directory, reads: [copy('chain')] })).toEqual(['chain', 'link', ...data]);
    for (const name of ['absolute', 'escaping']) {
      expect(await sentPaths({ directory, reads: [copy(name)] })).toEqual([name, 'real', 'real/other']);
    }
  });

  it('are followed below wildcards, and inside directories they stay links', async () => {
    const directory = tree({
      'packages/one/file': 'a',
      'packages/two': { link: '../elsewhere' },
      'elsewhere/file': 'b',
      'folder/inner': { link: '../elsewhere' },
    });
    expect(await sentPaths({ directory, reads: [copy('packages/*/file')] })).toEqual([
      'elsewhere',
      'elsewhere/file',
      'packages',
      'packages/one',
      'packages/one/file',
      'packages/two',
    ]);
    expect(await sentPaths({ directory, reads: [copy('folder')] })).toEqual(['folder', 'folder/inner']);
  });

  it('may run in circles', async () => {
    const directory = tree({ a: { link: 'b' }, b: { link: 'a' }, self: { link: 'self/x' } });
    expect(await sentPaths({ directory, reads: [copy('a/x'), copy('self')] })).toEqual(['a', 'b', 'self']);
  });

  it('to the root read everything', async () => {
    const directory = tree({ top: { link: '/' }, file: 'x' });
    expect(await sentPaths({ directory, reads: [copy('top')] })).toEqual(['file', 'top']);
  });

  it('may lead to the context directory itself', async () => {
    const real = tree({ file: 'x' });
    const other = tree({});
    symlinkSync(real, join(other, 'context'));
    expect(await sentPaths({ directory: join(other, 'context') })).toEqual(['file']);
    const plan = await planContext({ directory: join(other, 'context') });
    expect(plan.directory).toBe(realpathSync(real));
  });
});

describe('a plan', () => {
  it('counts files and bytes', async () => {
    const plan = await planContext({ directory: tree({ a: 'xx', 'd/b': 'yyy', 'd/c/': '' }) });
    expect(plan.totals).toEqual({ files: 2, bytes: 5 });
  });

  it('has the same identity for the same plan, and another for another', async () => {
    const directory = tree({ a: '', b: '' });
    const one = await planContext({ directory, reads: [copy('a')] });
    const same = await planContext({ directory, reads: [copy('a')] });
    const other = await planContext({ directory, reads: [copy('b')] });
    const ignoring = await planContext({ directory, reads: [copy('a')], ignore: 'x' });
    expect(same.identity).toBe(one.identity);
    expect(new Set([one.identity, other.identity, ignoring.identity]).size).toBe(3);
  });

  it('warns about sources that match nothing, with their place', async () => {
    const where = { file: 'image.ts', line: 3, column: 4 };
    const plan = await planContext({
      directory: tree({ a: '' }),
      reads: [copy('a'), copy('missing/*', { where })],
    });
    expect(plan.warnings).toEqual([
      expect.objectContaining({ kind: 'unmatched-source', path: 'missing/*', where }),
    ]);
  });

  it('warns about secrets, the git directory and node_modules', async () => {
    const shape = {
      '.env': '',
      '.env.example': '',
      'keys/id_ed25519': '',
      'keys/id_ed25519.pub': '',
      'tls/server.key': '',
      'tls/ca.pem': '',
      '.git/config': '',
      'web/node_modules/a/.env': '',
    };
    const plan = await planContext({ directory: tree(shape) });
    expect(plan.warnings.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'secret .env',
      'git-directory .git',
      'secret keys/id_ed25519',
      'secret tls/server.key',
      'node-modules web/node_modules',
    ]);
  });

  it('leaves sockets out with a warning', async () => {
    const directory = tree({ a: '' });
    const server = createServer().listen(join(directory, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    const plan = await planContext({ directory });
    expect(plan.warnings).toEqual([expect.objectContaining({ kind: 'skipped-socket', path: 'socket' })]);
    expect(readTar(await collect(packContext(plan))).map((entry) => entry.name)).toEqual(['a']);
    server.close();
  });

  it.each([
    ['missing directory', { directory: '/nonexistent/context' }, 'context-missing'],
    ['malformed ignore line', { directory: '.', ignore: '[' }, 'ignore-pattern'],
    ['wrong epoch', { files: {}, sourceDateEpoch: 1.5 }, 'invalid-options'],
    ['aborted', { files: {}, signal: AbortSignal.abort() }, 'aborted'],
  ])('is refused: %s', async (_name, options, code) => {
    await expect(planContext(options)).rejects.toMatchObject({ code });
  });

  it('is refused for a file in the place of the directory', async () => {
    const directory = tree({ file: '' });
    await expect(planContext({ directory: join(directory, 'file') })).rejects.toMatchObject({
      code: 'context-missing',
    });
  });

  it('can look for "!" lines below any ignored directory, as BuildKit does', async () => {
    const directory = tree({ 'a/b/keep': '', 'a/b/drop': '' });
    const ignore = 'a\n!**/keep';
    expect(await sentPaths({ directory, ignore })).toEqual([]);
    const plan = await planContext({ directory, ignore, reinclude: 'anywhere' });
    expect(readTar(await collect(packContext(plan))).map((entry) => entry.name)).toEqual(['a/b/keep']);
    const listed: string[] = [];
    for await (const entry of plan.entries()) listed.push(entry.path);
    expect(listed).toEqual(['a', 'a/b', 'a/b/keep']);
  });

  it('sends at most a tenth of a monorepo with 20 services for one of them', async () => {
    const root = tree({ 'go.mod': 'module mono', 'shared/lib.go': 'x'.repeat(2000) });
    for (let service = 0; service < 20; service += 1) {
      for (let file = 0; file < 10; file += 1) {
        mkdirSync(join(root, `services/s${service}/pkg${file}`), { recursive: true });
        writeFileSync(join(root, `services/s${service}/pkg${file}/main.go`), 'x'.repeat(5000));
      }
    }
    const bytesOf = async (reads?: readonly ContextRead[]): Promise<number> =>
      (await collect(packContext(await planContext({ directory: root, ...(reads && { reads }) })))).length;
    const one = await bytesOf([copy('go.mod'), copy('shared'), copy('services/s7')]);
    expect(one / (await bytesOf())).toBeLessThan(0.1);
  });
});
