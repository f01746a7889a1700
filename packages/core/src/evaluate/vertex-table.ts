/** Numbers build steps so that the same step on the same input has the same number. */
export interface VertexTable {
  /** The number of a step; `isNew` when it was not seen before. */
  add(...step: readonly unknown[]): { readonly vertex: number; readonly isNew: boolean };
}

export function createVertexTable(): VertexTable {
  const numbers = new Map<string, number>();
  return {
    add: (...step) => {
      const key = JSON.stringify(step);
      const known = numbers.get(key);
      if (known !== undefined) return { vertex: known, isNew: false };
      numbers.set(key, numbers.size + 1);
      return { vertex: numbers.size, isNew: true };
    },
  };
}
