/** Freezes `value` itself; callers freeze nested lists with {@link freezeList} where they create them. */
export function freeze<T extends object>(value: T): Readonly<T> {
  return Object.freeze(value);
}

/** A frozen copy of `items`, so that a caller's later `push` can't reach into a node. */
export function freezeList<T>(items: Iterable<T>): readonly T[] {
  return Object.freeze([...items]);
}
