/** Throws when something that cannot happen did: a bug of ours, never a mistake of the user's. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Stagecraft invariant broken: ${message}`);
}
