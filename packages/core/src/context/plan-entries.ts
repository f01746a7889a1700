import type { ContextEntry } from '../build/context-source.ts';
import { type ByteString, isUtf8, toText } from './bytes.ts';
import { unsupported } from './context-errors.ts';
import { applyMtime, type MtimePolicy } from './mtime-policy.ts';
import {
  type PlannedDirectory,
  type PlannedLeaf,
  type PlannedVirtual,
  pathOf,
  sizeOf,
  splitDeviceNumber,
} from './planned-tree.ts';
import { virtualSeconds } from './tar-entry.ts';
import { chunkBytes } from './tar-output.ts';
import { createTreeReader, type PlannedTree, type TreeReader } from './tree-reader.ts';
import { contentMtimeNs, virtualDirectoryMode } from './virtual-files.ts';

const fileType = 0o100000;
const directoryType = 0o040000;
const nanoseconds = 1_000_000_000n;
/** Directories stay open between two reads for this long. */
const keptOpenMs = 100;

/** State of one listing: what the entries need to be read later. */
interface Listing {
  readonly mtime: MtimePolicy;
  readonly firstNames: Map<string, ByteString>;
  readonly reader: TreeReader;
  /** Called after each read, so that idle directories get closed. */
  readonly touched: () => void;
}

/** The planned tree as entries for an engine that asks for content later: lazily read, verified at that moment. */
export function* listEntries(tree: PlannedTree, mtime: MtimePolicy): Generator<ContextEntry> {
  const reader = createTreeReader(tree);
  let timer: NodeJS.Timeout | undefined;
  const touched = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => reader.close(), keptOpenMs);
    timer.unref();
  };
  const listing: Listing = { mtime, firstNames: new Map(), reader, touched };
  yield* listChildren(listing, [tree.root]);
}

function* listChildren(listing: Listing, chain: readonly PlannedDirectory[]): Generator<ContextEntry> {
  for (const child of chain.at(-1)?.children ?? []) {
    if (!isUtf8(child.name))
      throw unsupported(pathOf(child), 'has a name that is not UTF-8, which BuildKit cannot take');
    if (child.kind === 'virtual') yield virtualEntry(listing, child);
    else if (child.kind !== 'directory') yield leafEntry(listing, child, chain);
    else {
      yield directoryEntry(listing, child);
      yield* listChildren(listing, [...chain, child]);
    }
  }
}

function virtualEntry(listing: Listing, file: PlannedVirtual): ContextEntry {
  return {
    path: toText(file.path),
    type: 'file',
    mode: fileType | (file.mode & 0o7777),
    sizeBytes: file.content.length,
    mtimeNs: contentMtimeNs(file.content, virtualSeconds(listing.mtime)),
    read: () => (file.content.length === 0 ? [] : [file.content]),
  };
}

function directoryEntry(listing: Listing, directory: PlannedDirectory): ContextEntry {
  const { print } = directory;
  return {
    path: toText(directory.path),
    type: 'directory',
    mode: print?.mode ?? directoryType | virtualDirectoryMode,
    sizeBytes: 0,
    mtimeNs:
      print === undefined
        ? BigInt(virtualSeconds(listing.mtime)) * nanoseconds
        : applyMtime(print.mtimeNs, listing.mtime),
  };
}

function leafEntry(listing: Listing, leaf: PlannedLeaf, chain: readonly PlannedDirectory[]): ContextEntry {
  const { kind, more } = leaf;
  const { prints } = leaf.parent;
  const mode = prints.mode(leaf.print);
  const sizeBytes = sizeOf(leaf);
  const mtimeNs = prints.mtimeNs(leaf.print);
  const path = pathOf(leaf);
  const shared = { path: toText(path), type: kind, mode, mtimeNs: applyMtime(mtimeNs, listing.mtime) };
  if (kind === 'symlink') return { ...shared, sizeBytes, linkName: toText(more?.target ?? '') };
  if (kind === 'device') {
    return { ...shared, sizeBytes: 0, ...splitDeviceNumber(more?.deviceNumber ?? 0n) };
  }
  if (kind === 'fifo') return { ...shared, sizeBytes: 0 };
  const identity = more?.identity;
  if (identity !== undefined) {
    const first = listing.firstNames.get(identity);
    if (first !== undefined) return { ...shared, sizeBytes, hardLink: true, linkName: toText(first) };
    listing.firstNames.set(identity, path);
  }
  return { ...shared, sizeBytes, read: () => readLeaf(listing, leaf, chain) };
}

function* readLeaf(
  listing: Listing,
  leaf: PlannedLeaf,
  chain: readonly PlannedDirectory[],
): Generator<Uint8Array> {
  try {
    listing.reader.moveTo(chain);
    yield* listing.reader.pieces(leaf, chunkBytes);
  } finally {
    listing.touched();
  }
}
