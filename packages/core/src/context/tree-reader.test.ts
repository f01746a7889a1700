import { appendFileSync, mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTree, removeTree } from '../../test/context-support/temporary-tree.ts';
import { packTree } from './pack-tree.ts';
import { detailsOf, planContext } from './plan.ts';
import type { PlannedTree } from './tree-reader.ts';

/** Systems without paths that start at a descriptor open files by their whole path. */
describe('reading a tree by its paths', () => {
  let root: string;
  let tree: PlannedTree;

  beforeEach(async () => {
    root = createTree({ 'd/e/file': 'content', other: 'x' });
    tree = { ...detailsOf(await planContext({ directory: root })).tree, byDescriptor: false };
  });

  afterEach(() => removeTree(root));

  const packed = (from: PlannedTree): Buffer => Buffer.concat([...packTree(from, [], {})]);
  const pack = (): Buffer => packed(tree);

  it('gives the same bytes', () => {
    expect(pack()).toEqual(packed({ ...tree, byDescriptor: true }));
  });

  it.each([
    ['a file that grew', 'd/e/file', () => appendFileSync(join(root, 'd/e/file'), 'more')],
    ['a file that is gone', 'd/e/file', () => unlinkSync(join(root, 'd/e/file'))],
    ['a directory swapped for a link to its copy', 'd/e', () => swapForLink('d/e')],
    ['a directory above swapped for a link to its copy', 'd', () => swapForLink('d')],
    ['a directory swapped for another with the same names', 'd', () => swapForAnother()],
  ])('refuses %s', (_name, path, change) => {
    change();
    expect(pack).toThrowError(
      expect.objectContaining({ code: 'context-changed', message: expect.stringContaining(`"${path}"`) }),
    );
  });

  function swapForLink(path: string): void {
    renameSync(join(root, path), `${root}-elsewhere`);
    symlinkSync(`${root}-elsewhere`, join(root, path));
  }

  function swapForAnother(): void {
    renameSync(join(root, 'd'), join(root, 'away'));
    mkdirSync(join(root, 'd/e'), { recursive: true });
    writeFileSync(join(root, 'd/e/file'), 'CONTENT');
  }

  afterEach(() => removeTree(`${root}-elsewhere`));
});
