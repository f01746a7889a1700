/** Freezes `value` itself; callers freeze nested lists with {@link freezeList} where they create them. */
export function freeze<T extends object>(value: T): Readonly<T> {
  return Object.freeze(value);
}

/** A frozen copy of `items`, so that a caller's later `push` can't reach into a node. */
export function freezeList<T>(items: Iterable<T>): readonly T[] {
  if (!Array.isArray(items)) return Object.freeze([...items]);
  // Most lists of a parsed file are empty, and a frozen one needs no copy.
  if (items.length === 0) return none;
  return Object.isFrozen(items) ? items : Object.freeze(items.slice());
}

const none: readonly never[] = Object.freeze([]);

/** A frozen node of this kind. Its own lists are frozen copies too; what lies deeper is frozen where it is made. */
export function createNode<Kind extends string, Init extends object>(
  kind: Kind,
  init: Init,
): Readonly<{ kind: Kind } & Init> {
  // Files have thousands of nodes, and assigning is many times quicker than spreading.
  const node: Record<string, unknown> = Object.assign({ kind }, init);
  for (const key in node) {
    const value = node[key];
    if (Array.isArray(value)) node[key] = freezeList(value);
  }
  return Object.freeze(node) as Readonly<{ kind: Kind } & Init>;
}
