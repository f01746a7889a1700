import { expect, test } from 'vitest';
import { createFoundNodes } from './found-nodes.ts';
import { type PlannedDirectory, type PlannedLeaf, pathOf } from './planned-tree.ts';
import { createPrintTable } from './print-table.ts';

const prints = createPrintTable();
const root: PlannedDirectory = {
  kind: 'directory',
  name: '',
  path: '',
  prints,
  ignored: false,
  children: [],
};

function directory(parent: PlannedDirectory, name: string): PlannedDirectory {
  const path = parent === root ? name : `${parent.path}/${name}`;
  return { kind: 'directory', name, parent, path, prints, ignored: false, children: [] };
}

function leaf(parent: PlannedDirectory, name: string): PlannedLeaf {
  return { kind: 'file', name, parent, print: 0, more: undefined };
}

async function all(paths: AsyncIterable<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of paths) found.push(path);
  return found;
}

test('what is found comes at once, and to readers who start later from its beginning', async () => {
  const found = createFoundNodes();
  const first = found.read(pathOf)[Symbol.asyncIterator]();
  const waiting = first.next();
  found.add(leaf(root, 'a'));
  expect(await waiting).toEqual({ done: false, value: 'a' });
  const late = all(found.read(pathOf));
  found.add(leaf(root, 'b'));
  found.end();
  expect(await late).toEqual(['a', 'b']);
  expect(await first.next()).toEqual({ done: false, value: 'b' });
  expect(await first.next()).toEqual({ done: true, value: undefined });
});

test('a directory that matters only for what is in it comes right before that, once', async () => {
  const found = createFoundNodes();
  const outer = directory(root, 'outer');
  const inner = directory(outer, 'inner');
  directory(outer, 'nothing in it');
  for (const name of ['a', 'b']) found.add(leaf(inner, name));
  found.end();
  expect(await all(found.read(pathOf))).toEqual(['outer', 'outer/inner', 'outer/inner/a', 'outer/inner/b']);
});

test('readers fail with what the scan failed with', async () => {
  const found = createFoundNodes();
  const reading = all(found.read(pathOf));
  found.add(leaf(root, 'a'));
  found.end({ error: new Error('EIO') });
  await expect(reading).rejects.toThrow('EIO');
});
