/** Collects bytes into big chunks, so that small files do not become small writes. */
export interface ChunkBuffer {
  /** Room for exactly `bytes`, at most the chunk size, to be filled right away. */
  reserve(bytes: number): Buffer;
  append(data: Uint8Array): void;
  appendZeros(bytes: number): void;
  hasFullChunk(): boolean;
  /** The chunks that are full, or all of them. */
  take(all?: boolean): Uint8Array[];
}

export const chunkBytes: number = 256 * 1024;
/** Longer data goes out as it is instead of being copied. */
const copiedBytes = 64 * 1024;

export function createChunkBuffer(): ChunkBuffer {
  let chunk = Buffer.allocUnsafeSlow(chunkBytes);
  let used = 0;
  let full: Uint8Array[] = [];
  const flush = (): void => {
    if (used === 0) return;
    full.push(chunk.subarray(0, used));
    chunk = Buffer.allocUnsafeSlow(chunkBytes);
    used = 0;
  };
  const reserve = (bytes: number): Buffer => {
    if (used + bytes > chunkBytes) flush();
    const room = chunk.subarray(used, used + bytes);
    used += bytes;
    return room;
  };
  return {
    reserve,
    append: (data) => {
      if (data.length <= copiedBytes) reserve(data.length).set(data);
      else {
        flush();
        full.push(data);
      }
    },
    appendZeros: (bytes) => void reserve(bytes).fill(0),
    hasFullChunk: () => full.length > 0,
    take: (all = false) => {
      if (all) flush();
      const taken = full;
      full = [];
      return taken;
    },
  };
}
