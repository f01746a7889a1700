import type { PlannedDirectory, PlannedNode } from './planned-tree.ts';

/** What a scan has found so far, in the order of a listing, for a reader that starts before the scan is done. */
export interface FoundNodes {
  /** Takes a node, after the directories above it that were not worth telling of without it. */
  add(node: PlannedNode): void;
  /** Nothing more will be found; readers end there, or fail with the reason if there is one. */
  end(failure?: { readonly error: unknown }): void;
  /** Every node from the first on, converted, as soon as it is found. */
  read<T>(convert: (node: PlannedNode) => T): AsyncIterable<T>;
}

export function createFoundNodes(): FoundNodes {
  const nodes: PlannedNode[] = [];
  const told = new Set<PlannedDirectory>();
  let ended = false;
  let failed: { readonly error: unknown } | undefined;
  let waiting: (() => void)[] = [];

  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  const add = (node: PlannedNode): void => {
    const above = node.kind === 'virtual' ? undefined : node.parent;
    // The root has no place in a listing.
    if (above?.parent !== undefined && !told.has(above)) add(above);
    if (node.kind === 'directory') told.add(node);
    nodes.push(node);
    if (waiting.length > 0) wake();
  };
  return {
    add,
    end(failure) {
      failed = failure;
      ended = true;
      wake();
    },
    read: (convert) => ({
      [Symbol.asyncIterator]() {
        let position = 0;
        return {
          async next() {
            while (nodes[position] === undefined && !ended) {
              await new Promise<void>((resolve) => waiting.push(resolve));
            }
            const node = nodes[position++];
            if (node !== undefined) return { done: false, value: convert(node) };
            if (failed !== undefined) throw failed.error;
            return { done: true, value: undefined };
          },
        };
      },
    }),
  };
}
