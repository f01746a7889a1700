import type { VirtualFile } from '../build/context-source.ts';
import type { ByteString } from './bytes.ts';
import type { MtimePolicy } from './mtime-policy.ts';
import {
  type PlannedDirectory,
  type PlannedLeaf,
  type PlannedVirtual,
  pathOf,
  sizeOf,
} from './planned-tree.ts';
import { directoryHeader, leafHeader, virtualHeader } from './tar-entry.ts';
import { endOfArchive, paddingOf, writeTarHeader } from './tar-header.ts';
import { type ChunkBuffer, chunkBytes, createChunkBuffer } from './tar-output.ts';
import { createTreeReader, type PlannedTree, type TreeReader } from './tree-reader.ts';
import { planVirtual } from './virtual-files.ts';

/** State of one archive while it is written. */
interface Packing {
  readonly reader: TreeReader;
  readonly wouldTake: PlannedTree['wouldTake'];
  readonly output: ChunkBuffer;
  readonly mtime: MtimePolicy;
  /** Paths that in-memory files have taken. */
  readonly taken: ReadonlySet<ByteString>;
  /** First path of each file with several names. */
  readonly firstNames: Map<string, ByteString>;
}

/** Files up to this size are read straight into the chunk they travel in. */
const smallFileBytes = 128 * 1024;

/**
 * The tree as a tar archive, in chunks. Throws `context-changed` in the middle rather than end as if it were whole.
 */
export function* packTree(
  tree: PlannedTree,
  extra: readonly VirtualFile[],
  mtime: MtimePolicy,
): Generator<Uint8Array> {
  const first = extra.map(planVirtual);
  const packing: Packing = {
    reader: createTreeReader(tree),
    wouldTake: tree.wouldTake,
    output: createChunkBuffer(),
    mtime,
    taken: new Set(first.map((file) => file.path)),
    firstNames: new Map(),
  };
  try {
    for (const file of first) packVirtual(packing, file);
    if (tree.root.print !== undefined) packing.reader.enter(tree.root);
    yield* packChildren(packing, tree.root);
    if (tree.root.print !== undefined) packing.reader.leave(tree.wouldTake);
    packing.output.append(endOfArchive());
    yield* packing.output.take(true);
  } finally {
    packing.reader.close();
  }
}

function* packChildren(packing: Packing, directory: PlannedDirectory): Generator<Uint8Array> {
  const { output, taken } = packing;
  for (const child of directory.children) {
    if (taken.size > 0 && taken.has(pathOf(child))) continue;
    if (child.kind === 'directory') yield* packDirectory(packing, child);
    else if (child.kind === 'virtual') packVirtual(packing, child);
    else if (isLarge(child)) yield* packLarge(packing, child);
    else packLeaf(packing, child);
    if (output.hasFullChunk()) yield* output.take();
  }
}

function packVirtual({ output, mtime }: Packing, file: PlannedVirtual): void {
  writeTarHeader(output, virtualHeader(file, mtime));
  output.append(file.content);
  output.appendZeros(paddingOf(file.content.length));
}

function* packDirectory(packing: Packing, directory: PlannedDirectory): Generator<Uint8Array> {
  const onDisk = directory.print !== undefined;
  if (onDisk) packing.reader.enter(directory);
  // The docker CLI sends no entry for an ignored directory of which only a part came back.
  if (!directory.ignored) writeTarHeader(packing.output, directoryHeader(directory, packing.mtime));
  yield* packChildren(packing, directory);
  if (onDisk) packing.reader.leave(packing.wouldTake);
}

function isLarge(leaf: PlannedLeaf): boolean {
  return leaf.kind === 'file' && sizeOf(leaf) > smallFileBytes;
}

/** A small file with its content, or a leaf that has none. */
function packLeaf(packing: Packing, leaf: PlannedLeaf): void {
  const { output, reader, mtime } = packing;
  const header = leafHeader(leaf, mtime, claimName(packing, leaf));
  writeTarHeader(output, header);
  if (header.type !== 'file') reader.verify(leaf);
  else {
    reader.readInto(leaf, output.reserve(header.sizeBytes));
    output.appendZeros(paddingOf(header.sizeBytes));
  }
}

function* packLarge(packing: Packing, file: PlannedLeaf): Generator<Uint8Array> {
  const { output, reader, mtime } = packing;
  const header = leafHeader(file, mtime, claimName(packing, file));
  writeTarHeader(output, header);
  if (header.type !== 'file') {
    reader.verify(file);
    return;
  }
  for (const piece of reader.pieces(file, chunkBytes)) {
    output.append(piece);
    yield* output.take();
  }
  output.appendZeros(paddingOf(header.sizeBytes));
}

/** The first name of a file with several names; undefined for the first, which is remembered. */
function claimName(packing: Packing, leaf: PlannedLeaf): ByteString | undefined {
  const identity = leaf.more?.identity;
  if (identity === undefined) return undefined;
  const first = packing.firstNames.get(identity);
  if (first === undefined) packing.firstNames.set(identity, pathOf(leaf));
  return first;
}
