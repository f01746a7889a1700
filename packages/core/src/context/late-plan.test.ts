import { execFileSync } from 'node:child_process';
import { linkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createTree, removeTree, type TreeShape } from '../../test/context-support/temporary-tree.ts';
import type { ContextEntry, ContextSource } from '../build/context-source.ts';
import type { Reinclude } from './ignore/ignore-rules.ts';
import { latePlan } from './late-plan.ts';
import { type PlanContextOptions, planContext } from './plan.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) removeTree(root);
});

function treeOf(shape: TreeShape): string {
  const root = createTree(shape);
  roots.push(root);
  return root;
}

const anywhere = async (): Promise<Reinclude> => 'anywhere';

async function listed(source: Pick<ContextSource, 'entries'>): Promise<readonly object[]> {
  const found: object[] = [];
  for await (const { read, ...entry } of source.entries())
    found.push({ ...entry, content: await text(read) });
  return found;
}

async function text(read: ContextEntry['read']): Promise<string | undefined> {
  if (read === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A tree whose last entry makes the plan fail, so that what comes before that came before the plan. */
function brokenTree(shape: TreeShape): PlanContextOptions {
  const directory = treeOf(shape);
  execFileSync('mkfifo', [join(directory, 'zz-pipe')]);
  return { directory, specialFiles: 'refuse' };
}

const shape: TreeShape = {
  '.dockerignore': 'out\n!out/kept\n*.log',
  'a/b/c': 'deep',
  'a.txt': 'between in the order of bytes',
  'empty/': '',
  'noise.log': 'ignored',
  'out/dropped': 'ignored',
  'out/kept': 'back again',
  'src/main': 'main',
  link: { link: 'src/main' },
};

test.each<[string, Omit<PlanContextOptions, 'reinclude'>]>([
  ['everything', {}],
  ['what is read', { reads: [{ source: 'src/*', kind: 'copy' }] }],
  ['files in memory beside the directory', { files: { 'a/memory': 'm', 'noise.log': 'wins' } }],
  ['files in memory alone', { files: { 'a/memory': 'm' } }],
])('entries that are asked for early are those of the plan: %s', async (name, options) => {
  const directory = treeOf(shape);
  linkSync(join(directory, 'src/main'), join(directory, 'src/second-name'));
  const all = name.endsWith('alone') ? options : { ...options, directory };
  const { source, plan } = latePlan(all, anywhere);
  const early = listed(source);
  const expected = await listed(await planContext({ ...all, reinclude: 'anywhere' }));
  expect(expected.length).toBeGreaterThan(0);
  expect(await early).toEqual(expected);
  await plan();
  expect(await listed(source)).toEqual(expected);
});

test('entries come while the rest is still looked for, and end with what the plan fails with', async () => {
  const { source } = latePlan(brokenTree({ 'a/b': 'b', c: 'c' }), anywhere);
  const entries = source.entries()[Symbol.asyncIterator]();
  const paths: string[] = [];
  const readAll = async (): Promise<void> => {
    for (let next = await entries.next(); !next.done; next = await entries.next())
      paths.push(next.value.path);
  };
  await expect(readAll()).rejects.toMatchObject({ code: 'context-unsupported' });
  expect(paths).toEqual(['a', 'a/b', 'c']);
});

test('one entry is found as soon as it or its place was passed', async () => {
  const { source, plan } = latePlan(brokenTree(shape), anywhere);
  expect(await source.entry?.('.dockerignore')).toMatchObject({ path: '.dockerignore', sizeBytes: 19 });
  expect(await source.entry?.('b')).toBeUndefined();
  expect(await source.entry?.('src')).toMatchObject({ type: 'directory' });
  await expect(plan()).rejects.toMatchObject({ code: 'context-unsupported' });
});

test('one entry is found behind a name that BuildKit cannot take, and has its content under any of its names', async () => {
  const directory = treeOf({ '.dockerignore': 'out', '+/a': '' });
  writeFileSync(Buffer.concat([Buffer.from(join(directory, '+/')), Buffer.from([0xff])]), 'odd name');
  linkSync(join(directory, '.dockerignore'), join(directory, '+/same file'));
  const entry = await latePlan({ directory }, anywhere).source.entry?.('.dockerignore');
  expect(await text(entry?.read)).toBe('out');
});

test('one entry that is further down is looked up in the plan', async () => {
  const { source } = latePlan({ directory: treeOf(shape) }, anywhere);
  expect(await source.entry?.('a/b/c')).toMatchObject({ path: 'a/b/c', sizeBytes: 4 });
  expect(await source.entry?.('out/dropped')).toBeUndefined();
});
