import type { VirtualFile } from '../build/context-source.ts';
import type { ByteString } from './bytes.ts';
import { applyMtime, type MtimePolicy, toSeconds } from './mtime-policy.ts';
import {
  type PlannedDirectory,
  type PlannedLeaf,
  type PlannedNode,
  type PlannedVirtual,
  splitDeviceNumber,
} from './planned-tree.ts';
import { encodeTarHeader, endOfArchive, paddingOf, type TarHeader } from './tar-header.ts';
import { type ChunkBuffer, chunkBytes, createChunkBuffer } from './tar-output.ts';
import { createTreeReader, type PlannedTree, type TreeReader } from './tree-reader.ts';
import { planVirtual, virtualDirectoryMode, virtualMtimeSeconds } from './virtual-files.ts';

/** State of one archive while it is written. */
interface Packing {
  readonly reader: TreeReader;
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
    output: createChunkBuffer(),
    mtime,
    taken: new Set(first.map((file) => file.path)),
    firstNames: new Map(),
  };
  try {
    for (const file of first) yield* packVirtual(packing, file);
    if (tree.root.print !== undefined) packing.reader.enter(tree.root);
    yield* packChildren(packing, tree.root);
    if (tree.root.print !== undefined) packing.reader.leave();
    packing.output.append(endOfArchive());
    yield* packing.output.take(true);
  } finally {
    packing.reader.close();
  }
}

function* packChildren(packing: Packing, directory: PlannedDirectory): Generator<Uint8Array> {
  for (const child of directory.children) {
    if (!packing.taken.has(child.path)) yield* packNode(packing, child);
  }
}

function* packNode(packing: Packing, node: PlannedNode): Generator<Uint8Array> {
  if (node.kind === 'virtual') yield* packVirtual(packing, node);
  else if (node.kind === 'directory') yield* packDirectory(packing, node);
  else if (node.kind === 'file' && !isRepeated(packing, node)) yield* packFile(packing, node);
  else {
    packing.reader.verify(node);
    packing.output.append(encodeTarHeader(leafHeader(packing, node)));
    yield* packing.output.take();
  }
}

function* packVirtual(packing: Packing, file: PlannedVirtual): Generator<Uint8Array> {
  packing.output.append(
    encodeTarHeader({
      name: file.path,
      type: 'file',
      mode: file.mode,
      sizeBytes: file.content.length,
      mtimeSeconds: virtualSeconds(packing),
    }),
  );
  packing.output.append(file.content);
  packing.output.appendZeros(paddingOf(file.content.length));
  yield* packing.output.take();
}

function virtualSeconds(packing: Packing): number {
  return Math.min(virtualMtimeSeconds, packing.mtime.sourceDateEpoch ?? virtualMtimeSeconds);
}

function* packDirectory(packing: Packing, directory: PlannedDirectory): Generator<Uint8Array> {
  const { print } = directory;
  if (print !== undefined) packing.reader.enter(directory);
  // The docker CLI sends no entry for an ignored directory of which only a part came back.
  if (!directory.ignored) {
    packing.output.append(
      encodeTarHeader({
        name: `${directory.path}/`,
        type: 'directory',
        mode: print?.mode ?? virtualDirectoryMode,
        sizeBytes: 0,
        mtimeSeconds:
          print === undefined ? virtualSeconds(packing) : toSeconds(applyMtime(print.mtimeNs, packing.mtime)),
      }),
    );
    yield* packing.output.take();
  }
  yield* packChildren(packing, directory);
  if (print !== undefined) packing.reader.leave();
}

function* packFile(packing: Packing, file: PlannedLeaf): Generator<Uint8Array> {
  const { output, reader } = packing;
  const { sizeBytes } = file.print;
  output.append(encodeTarHeader(leafHeader(packing, file)));
  if (sizeBytes <= smallFileBytes) reader.readInto(file, output.reserve(sizeBytes));
  else {
    for (const piece of reader.pieces(file, chunkBytes)) {
      output.append(piece);
      yield* output.take();
    }
  }
  output.appendZeros(paddingOf(sizeBytes));
  yield* output.take();
}

function identityOf(leaf: PlannedLeaf): string {
  return `${leaf.print.device}:${leaf.print.inode}`;
}

/** Whether another name of this file was packed before. */
function isRepeated(packing: Packing, leaf: PlannedLeaf): boolean {
  const first = leaf.print.names === undefined ? undefined : packing.firstNames.get(identityOf(leaf));
  return first !== undefined && first !== leaf.path;
}

function leafHeader(packing: Packing, leaf: PlannedLeaf): TarHeader {
  const { print } = leaf;
  const shared = {
    name: leaf.path,
    mode: print.mode,
    mtimeSeconds: toSeconds(applyMtime(print.mtimeNs, packing.mtime)),
  };
  if (print.names !== undefined) {
    const first = packing.firstNames.get(identityOf(leaf));
    if (first !== undefined) return { ...shared, type: 'link', sizeBytes: 0, linkName: first };
    packing.firstNames.set(identityOf(leaf), leaf.path);
  }
  if (leaf.kind === 'file') return { ...shared, type: 'file', sizeBytes: print.sizeBytes };
  if (leaf.kind === 'symlink')
    return { ...shared, type: 'symlink', sizeBytes: 0, linkName: leaf.target ?? '' };
  if (leaf.kind === 'fifo') return { ...shared, type: 'fifo', sizeBytes: 0 };
  return { ...shared, sizeBytes: 0, ...deviceFields(leaf) };
}

function deviceFields(leaf: PlannedLeaf): Pick<TarHeader, 'type' | 'deviceMajor' | 'deviceMinor'> {
  return {
    type: (leaf.print.mode & 0o170000) === 0o060000 ? 'block-device' : 'character-device',
    ...splitDeviceNumber(leaf.print.deviceNumber ?? 0n),
  };
}
