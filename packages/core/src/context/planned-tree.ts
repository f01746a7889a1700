import type { BigIntStats } from 'node:fs';
import type { ByteString } from './bytes.ts';

/** What identifies the state a file was planned in. */
export interface Fingerprint {
  readonly device: bigint;
  readonly inode: bigint;
  /** POSIX mode, type bits included. */
  readonly mode: number;
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  /** Only of files with more than one name. */
  readonly names?: number;
  /** Only of devices. */
  readonly deviceNumber?: bigint;
}

export interface PlannedDirectory {
  readonly kind: 'directory';
  readonly name: ByteString;
  /** Relative to the root; empty for the root itself. */
  readonly path: ByteString;
  /** Absent for a directory that only exists for in-memory files. */
  readonly print?: Fingerprint;
  /** Ignored itself, and only here because something below it is not. */
  readonly ignored: boolean;
  /** In byte order. */
  readonly children: PlannedNode[];
}

export interface PlannedLeaf {
  readonly kind: 'file' | 'symlink' | 'fifo' | 'device';
  readonly name: ByteString;
  readonly path: ByteString;
  readonly print: Fingerprint;
  /** Target of a symbolic link. */
  readonly target?: ByteString;
}

/** A file that exists only in memory. */
export interface PlannedVirtual {
  readonly kind: 'virtual';
  readonly name: ByteString;
  readonly path: ByteString;
  readonly content: Uint8Array;
  readonly mode: number;
}

export type PlannedNode = PlannedDirectory | PlannedLeaf | PlannedVirtual;

export function toFingerprint(stats: BigIntStats): Fingerprint {
  return {
    device: stats.dev,
    inode: stats.ino,
    mode: Number(stats.mode),
    sizeBytes: Number(stats.size),
    mtimeNs: stats.mtimeNs,
    ...(stats.nlink > 1n && !stats.isDirectory() ? { names: Number(stats.nlink) } : {}),
    ...(stats.isCharacterDevice() || stats.isBlockDevice() ? { deviceNumber: stats.rdev } : {}),
  };
}

/** Whether this is still the very file that was planned, in the same state. */
export function isUnchanged(print: Fingerprint, stats: BigIntStats): boolean {
  return (
    isSameFile(print, stats) &&
    BigInt(print.sizeBytes) === stats.size &&
    print.mtimeNs === stats.mtimeNs &&
    BigInt(print.mode) === stats.mode
  );
}

export function isSameFile(print: Fingerprint, stats: BigIntStats): boolean {
  return print.inode === stats.ino && print.device === stats.dev;
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
