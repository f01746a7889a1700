import type { ContextSource, VirtualFile } from '../build/context-source.ts';
import { createBreather } from './breathe.ts';
import type { MtimePolicy } from './mtime-policy.ts';
import { packTree } from './pack-tree.ts';
import { findEntry, listEntries } from './plan-entries.ts';
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

/** Hands items on one at a time, as they are asked for, and lets the event loop run in between. */
async function* breathing<T>(items: Generator<T>, signal?: AbortSignal): AsyncGenerator<T> {
  const breathe = createBreather(signal);
  try {
    for (const item of items) {
      yield item;
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
  } finally {
    items.return(undefined);
  }
}
