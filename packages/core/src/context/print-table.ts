import type { BigIntStats } from 'node:fs';

/**
 * The states that the files and directories of a tree were planned in. They are kept outside the heap, 48 bytes a file, and asked
 * for one by one: a tree of a hundred thousand files must not fill the heap with objects.
 */
export interface PrintTable {
  /** Keeps a state and gives back its number. */
  add(stats: BigIntStats): number;
  /** POSIX mode, type bits included. */
  mode(print: number): number;
  sizeBytes(print: number): number;
  mtimeNs(print: number): bigint;
  /** When content or attributes last changed. */
  changedNs(print: number): bigint;
  /** Whether this is the very file, whatever its state. */
  isSame(print: number, stats: BigIntStats): boolean;
  /** Whether this is the very file in the same state. */
  isUnchanged(print: number, stats: BigIntStats): boolean;
}

const blockPrints = 2048;
const columns = { device: 0, inode: 1, mode: 2, size: 3, mtime: 4, changed: 5 } as const;
const width = 6;

export function createPrintTable(): PrintTable {
  const blocks: BigInt64Array[] = [];
  let count = 0;
  const read = (print: number, column: number): bigint =>
    blocks[Math.floor(print / blockPrints)]?.[(print % blockPrints) * width + column] ?? 0n;
  const isSame = (print: number, stats: BigIntStats): boolean =>
    read(print, columns.inode) === stats.ino && read(print, columns.device) === stats.dev;
  return {
    add: (stats) => {
      const print = count;
      const offset = (print % blockPrints) * width;
      if (offset === 0) blocks.push(new BigInt64Array(blockPrints * width));
      const block = blocks[blocks.length - 1] ?? new BigInt64Array(0);
      block[offset + columns.device] = stats.dev;
      block[offset + columns.inode] = stats.ino;
      block[offset + columns.mode] = stats.mode;
      block[offset + columns.size] = stats.size;
      block[offset + columns.mtime] = stats.mtimeNs;
      block[offset + columns.changed] = stats.ctimeNs;
      count += 1;
      return print;
    },
    mode: (print) => Number(read(print, columns.mode)),
    sizeBytes: (print) => Number(read(print, columns.size)),
    mtimeNs: (print) => read(print, columns.mtime),
    changedNs: (print) => read(print, columns.changed),
    isSame,
    isUnchanged: (print, stats) =>
      isSame(print, stats) &&
      read(print, columns.size) === stats.size &&
      read(print, columns.mtime) === stats.mtimeNs &&
      read(print, columns.mode) === stats.mode,
  };
}
