import { type BigIntStats, closeSync, fstatSync, readSync } from 'node:fs';
import type { ByteString } from './bytes.ts';
import { accessError, changed } from './context-errors.ts';
import {
  closeDirectory,
  listDirectory,
  type OpenDirectory,
  openBelow,
  openFileBelow,
  openRoot,
  readLinkBelow,
  statBelow,
  statDirectory,
} from './open-directory.ts';
import { type PlannedDirectory, type PlannedLeaf, pathBelow, pathOf, sizeOf } from './planned-tree.ts';

/** Where a tree is, and how it is opened. */
export interface TreePlace {
  /** The real path of the context directory. */
  readonly directory: ByteString;
  readonly byDescriptor: boolean;
}

/** A tree that was planned, and how to tell that a directory still has what the plan found in it. */
export interface PlannedTree extends TreePlace {
  readonly root: PlannedDirectory;
  /** Whether the plan would take a new entry of this name. */
  wouldTake(path: ByteString, directory: boolean): boolean;
}

/** The directory and those above it, the root first. */
function chainOf(directory: PlannedDirectory): PlannedDirectory[] {
  const chain = [directory];
  for (let above = directory.parent; above !== undefined; above = above.parent) chain.unshift(above);
  return chain;
}

interface Level {
  readonly directory: PlannedDirectory;
  readonly open: OpenDirectory;
}

/** Reads planned files through directories it holds open, and refuses everything that is not as planned. */
export interface TreeReader {
  /** Opens the directory, a child of the one entered last. */
  enter(directory: PlannedDirectory): void;
  /** Leaves the directory entered last, after checking that nothing the plan takes was added to it or removed. */
  leave(wouldTake: PlannedTree['wouldTake']): void;
  /** Goes from wherever the reader is to the directory. */
  moveTo(directory: PlannedDirectory): void;
  /** Fills `target` with the file's content. */
  readInto(file: PlannedLeaf, target: Uint8Array): void;
  /** The file's content in pieces of at most `pieceBytes`. */
  pieces(file: PlannedLeaf, pieceBytes: number): Generator<Uint8Array>;
  /** Checks a node that has no content. */
  verify(leaf: PlannedLeaf): void;
  close(): void;
}

export function createTreeReader(place: TreePlace): TreeReader {
  const levels: Level[] = [];
  const current = (): OpenDirectory => {
    const level = levels.at(-1);
    if (level === undefined) throw new Error('No directory is open.');
    return level.open;
  };
  const pop = (): void => {
    const level = levels.pop();
    if (level !== undefined) closeDirectory(level.open);
  };
  const enter = (directory: PlannedDirectory): void => {
    levels.push({ directory, open: openPlanned(place, levels.at(-1)?.open, directory) });
  };
  return {
    enter,
    leave: (wouldTake) => {
      const level = levels.at(-1);
      if (level !== undefined) verifyListing(level, wouldTake);
      pop();
    },
    moveTo: (directory) => {
      if (levels.at(-1)?.directory === directory) return;
      const directories = chainOf(directory);
      let shared = 0;
      while (shared < levels.length && levels[shared]?.directory === directories[shared]) shared += 1;
      while (levels.length > shared) pop();
      for (const directory of directories.slice(shared)) enter(directory);
    },
    readInto: (file, target) => readWhole(current(), file, target),
    pieces: (file, pieceBytes) => readPieces(current(), file, pieceBytes),
    verify: (leaf) => verifyLeaf(current(), leaf),
    close: () => {
      while (levels.length > 0) pop();
    },
  };
}

function openPlanned(
  place: TreePlace,
  parent: OpenDirectory | undefined,
  directory: PlannedDirectory,
): OpenDirectory {
  const shown = directory.path === '' ? '.' : directory.path;
  const open = attempt(shown, () =>
    parent === undefined ? openRoot(place.directory, place.byDescriptor) : openBelow(parent, directory.name),
  );
  if (isSameDirectory(directory, statDirectory(open))) return open;
  closeDirectory(open);
  throw changed(shown, 'was replaced');
}

function isSameDirectory({ print, prints }: PlannedDirectory, stats: BigIntStats): boolean {
  return print === undefined || (prints.isSame(print, stats) && BigInt(prints.mode(print)) === stats.mode);
}

function verifyListing({ directory, open }: Level, wouldTake: PlannedTree['wouldTake']): void {
  const stats = attempt(directory.path, () => statDirectory(open));
  const { print, prints } = directory;
  if (print === undefined || prints.mtimeNs(print) === stats.mtimeNs) return;
  const names = new Set(attempt(directory.path, () => listDirectory(open)));
  for (const child of directory.children) {
    const onDisk = child.kind !== 'virtual' && (child.kind !== 'directory' || child.print !== undefined);
    if (onDisk && !names.delete(child.name)) throw changed(pathOf(child), 'disappeared');
    if (!onDisk) names.delete(child.name);
  }
  for (const name of names) {
    const path = pathBelow(directory.path, name);
    if (wouldTake(path, isDirectoryNow(open, name))) throw changed(path, 'appeared');
  }
}

function isDirectoryNow(open: OpenDirectory, name: ByteString): boolean {
  try {
    return statBelow(open, name).isDirectory();
  } catch {
    return false;
  }
}

function attemptOn<T>(leaf: PlannedLeaf, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw accessError(pathOf(leaf), error);
  }
}

function attempt<T>(path: ByteString, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw accessError(path, error);
  }
}

function verifyLeaf(directory: OpenDirectory, leaf: PlannedLeaf): void {
  const stats = attemptOn(leaf, () => statBelow(directory, leaf.name));
  if (!leaf.parent.prints.isUnchanged(leaf.print, stats)) throw changed(pathOf(leaf), 'changed');
  if (leaf.kind !== 'symlink') return;
  const target = attemptOn(leaf, () => readLinkBelow(directory, leaf.name));
  if (target !== leaf.more?.target) throw changed(pathOf(leaf), 'changed');
}

/** Nothing of the file has gone out yet when it is compared with its plan, so once is enough, at the end. */
function readWhole(directory: OpenDirectory, file: PlannedLeaf, target: Uint8Array): void {
  const descriptor = attemptOn(file, () => openFileBelow(directory, file.name));
  try {
    fill(descriptor, file, target);
    verifyOpen(descriptor, file);
  } finally {
    closeSync(descriptor);
  }
}

function* readPieces(directory: OpenDirectory, file: PlannedLeaf, pieceBytes: number): Generator<Uint8Array> {
  if (sizeOf(file) <= pieceBytes) {
    const whole = Buffer.allocUnsafeSlow(sizeOf(file));
    readWhole(directory, file, whole);
    if (whole.length > 0) yield whole;
    return;
  }
  const descriptor = attemptOn(file, () => openFileBelow(directory, file.name));
  try {
    const before = verifyOpen(descriptor, file);
    for (let left = sizeOf(file); left > 0; ) {
      const piece = Buffer.allocUnsafeSlow(Math.min(left, pieceBytes));
      fill(descriptor, file, piece);
      left -= piece.length;
      // The last piece only goes out when the whole file turned out to be as planned.
      if (left === 0) verifyStill(descriptor, file, before);
      yield piece;
    }
  } finally {
    closeSync(descriptor);
  }
}

function verifyOpen(descriptor: number, file: PlannedLeaf): BigIntStats {
  const stats = attemptOn(file, () => fstatSync(descriptor, { bigint: true }));
  if (!stats.isFile()) throw changed(pathOf(file), 'became something else');
  if (!file.parent.prints.isSame(file.print, stats)) throw changed(pathOf(file), 'was replaced');
  if (!file.parent.prints.isUnchanged(file.print, stats)) throw changed(pathOf(file), 'changed');
  return stats;
}

function verifyStill(descriptor: number, file: PlannedLeaf, before: BigIntStats): void {
  const stats = attemptOn(file, () => fstatSync(descriptor, { bigint: true }));
  if (!file.parent.prints.isUnchanged(file.print, stats) || stats.ctimeNs !== before.ctimeNs)
    throw changed(pathOf(file), 'changed');
}

function fill(descriptor: number, file: PlannedLeaf, target: Uint8Array): void {
  for (let offset = 0; offset < target.length; ) {
    const bytes = attemptOn(file, () => readSync(descriptor, target, offset, target.length - offset, null));
    if (bytes === 0) throw changed(pathOf(file), 'became shorter');
    offset += bytes;
  }
}
