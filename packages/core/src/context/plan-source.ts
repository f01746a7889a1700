import type { ContextEntry, ContextSource, VirtualFile } from '../build/context-source.ts';
import { createBreather } from './breathe.ts';
import type { MtimePolicy } from './mtime-policy.ts';
import { packTree } from './pack-tree.ts';
import { createListing, findEntry } from './plan-entries.ts';
import { nodesOf } from './planned-tree.ts';
import type { PlannedTree } from './tree-reader.ts';

/** A planned tree as the engines take it. */
export function toSource(
  tree: PlannedTree,
  mtime: MtimePolicy,
  identity: string,
): Pick<ContextSource, 'identity' | 'entries' | 'entry' | 'pack'> {
  return {
    identity,
    entry: (path) => findEntry(tree, mtime, path),
    entries: () => breathing(listEntries(tree, mtime)),
    pack: (extra: readonly VirtualFile[] = []) => breathing(packTree(tree, extra, mtime)),
  };
}

function* listEntries(tree: PlannedTree, mtime: MtimePolicy): Generator<ContextEntry, void> {
  const toEntry = createListing(tree, mtime);
  for (const node of nodesOf(tree.root)) yield toEntry(node);
}

/** Hands items on one at a time, as they are asked for, and lets the event loop run in between. */
function breathing<T>(items: Generator<T, void>): AsyncIterableIterator<T, void> {
  const breathe = createBreather();
  const take = (): IteratorResult<T, void> => items.next();
  // An async generator would take several turns for each of many thousand items.
  return {
    async next() {
      const pause = breathe();
      return pause === undefined ? take() : pause.then(take);
    },
    async return() {
      return items.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
