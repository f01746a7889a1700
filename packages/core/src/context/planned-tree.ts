import type { ByteString } from './bytes.ts';
import type { PrintTable } from './print-table.ts';

export interface PlannedDirectory {
  readonly kind: 'directory';
  readonly name: ByteString;
  /** Absent for the root. */
  readonly parent?: PlannedDirectory;
  /** Relative to the root; empty for the root itself. */
  readonly path: ByteString;
  /** Number of its state in the table; absent for a directory that only exists for in-memory files. */
  readonly print?: number;
  /** The states of the tree. */
  readonly prints: PrintTable;
  /** Ignored itself, and only here because something below it is not. */
  readonly ignored: boolean;
  /** In byte order. Filled once the directory was walked. */
  children: PlannedNode[];
}

/** There may be hundreds of thousands of these, so nothing is kept that can be worked out. */
export interface PlannedLeaf {
  readonly kind: 'file' | 'symlink' | 'fifo' | 'device';
  readonly name: ByteString;
  readonly parent: PlannedDirectory;
  /** Number of its state in the table of its parent. */
  readonly print: number;
  readonly more: LeafDetails | undefined;
}

/** What only few leaves have. */
export interface LeafDetails {
  /** Target of a symbolic link. */
  readonly target?: ByteString;
  /** Of a file with several names: the same for all of them. */
  readonly identity?: string;
  /** Only of devices. */
  readonly deviceNumber?: bigint;
}

/** A file that exists only in memory. */
export interface PlannedVirtual {
  readonly kind: 'virtual';
  readonly name: ByteString;
  readonly path: ByteString;
  readonly content: Uint8Array;
  readonly mode: number;
  /** Only where its own time is known. */
  readonly mtimeNs?: bigint;
}

export type PlannedNode = PlannedDirectory | PlannedLeaf | PlannedVirtual;

export function pathOf(node: PlannedNode): ByteString {
  if (node.kind === 'directory' || node.kind === 'virtual') return node.path;
  return pathBelow(node.parent.path, node.name);
}

export function pathBelow(directory: ByteString, name: ByteString): ByteString {
  return directory === '' ? name : `${directory}/${name}`;
}

export function sizeOf(leaf: PlannedLeaf): number {
  return leaf.parent.prints.sizeBytes(leaf.print);
}

/** Every node but the root: directories before what is in them. */
export function* nodesOf(directory: PlannedDirectory): Generator<PlannedNode> {
  for (const child of directory.children) {
    yield child;
    if (child.kind === 'directory') yield* nodesOf(child);
  }
}

/** The two halves of a device number, split the way Linux joins them. */
export function splitDeviceNumber(number: bigint): { deviceMajor: number; deviceMinor: number } {
  return {
    deviceMajor: Number(((number >> 8n) & 0xfffn) | ((number >> 32n) & ~0xfffn)),
    deviceMinor: Number((number & 0xffn) | ((number >> 12n) & ~0xffn)),
  };
}
