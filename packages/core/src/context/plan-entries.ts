import type { ContextEntry } from '../build/context-source.ts';
import { isUtf8, toByteString, toText } from './bytes.ts';
import { unsupported } from './context-errors.ts';
import { applyMtime, type MtimePolicy } from './mtime-policy.ts';
import {
  type PlannedDirectory,
  type PlannedLeaf,
  type PlannedNode,
  type PlannedVirtual,
  pathOf,
  sizeOf,
  splitDeviceNumber,
} from './planned-tree.ts';
import { splitSource } from './selection.ts';
import { fileSeconds, virtualSeconds } from './tar-entry.ts';
import { chunkBytes } from './tar-output.ts';
import { createTreeReader, type PlannedTree, type TreePlace, type TreeReader } from './tree-reader.ts';
import { contentMtimeNs, virtualDirectoryMode } from './virtual-files.ts';

const fileType = 0o100000;
const directoryType = 0o040000;
const nanoseconds = 1_000_000_000n;
/** Directories stay open between two reads for this long. */
const keptOpenMs = 100;

/** State of one listing: what the entries need to be read later. */
interface Listing {
  readonly mtime: MtimePolicy;
  /** First path of each file with several names. */
  readonly firstNames: Map<string, string>;
  readonly reader: TreeReader;
  /** Called after each read, so that idle directories get closed. */
  readonly touched: () => void;
}

/**
 * Makes entries of the nodes of a planned tree, in their order, for an engine that asks for content later: lazily
 * read, verified at that moment.
 */
export function createListing(place: TreePlace, mtime: MtimePolicy): (node: PlannedNode) => ContextEntry {
  const listing = startListing(place, mtime);
  return (node) => {
    if (isUtf8(node.name)) return entryOf(listing, node);
    throw unsupported(pathOf(node), 'has a name that is not UTF-8, which BuildKit cannot take');
  };
}

/** The entry at one path of the planned tree. */
export function findEntry(tree: PlannedTree, mtime: MtimePolicy, path: string): ContextEntry | undefined {
  let found: PlannedNode = tree.root;
  for (const name of splitSource(toByteString(path))) {
    const next: PlannedNode | undefined =
      found.kind === 'directory' ? found.children.find((child) => child.name === name) : undefined;
    if (next === undefined) return undefined;
    found = next;
  }
  return found === tree.root ? undefined : entryOf(startListing(tree, mtime), found);
}

function startListing(place: TreePlace, mtime: MtimePolicy): Listing {
  const reader = createTreeReader(place);
  let timer: NodeJS.Timeout | undefined;
  const touched = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => reader.close(), keptOpenMs);
    timer.unref();
  };
  return { mtime, firstNames: new Map(), reader, touched };
}

function entryOf(listing: Listing, node: PlannedNode): ContextEntry {
  if (node.kind === 'virtual') return virtualEntry(listing, node);
  return node.kind === 'directory' ? directoryEntry(listing, node) : leafEntry(listing, node);
}

function virtualEntry(listing: Listing, file: PlannedVirtual): ContextEntry {
  return {
    path: toText(file.path),
    type: 'file',
    mode: fileType | (file.mode & 0o7777),
    sizeBytes: file.content.length,
    mtimeNs: contentMtimeNs(file.content, fileSeconds(file, listing.mtime)),
    read: () => (file.content.length === 0 ? [] : [file.content]),
  };
}

function directoryEntry(listing: Listing, directory: PlannedDirectory): ContextEntry {
  const { print, prints } = directory;
  return {
    path: toText(directory.path),
    type: 'directory',
    mode: print === undefined ? directoryType | virtualDirectoryMode : prints.mode(print),
    sizeBytes: 0,
    mtimeNs:
      print === undefined
        ? BigInt(virtualSeconds(listing.mtime)) * nanoseconds
        : applyMtime(prints.mtimeNs(print), listing.mtime),
  };
}

function leafEntry(listing: Listing, leaf: PlannedLeaf): ContextEntry {
  const { kind, more } = leaf;
  const { prints } = leaf.parent;
  const identity = more?.identity;
  const path = toText(pathOf(leaf));
  const mode = prints.mode(leaf.print);
  const mtimeNs = applyMtime(prints.mtimeNs(leaf.print), listing.mtime);
  const sizeBytes = kind === 'file' || kind === 'symlink' ? sizeOf(leaf) : 0;
  if (kind === 'symlink')
    return { path, type: kind, mode, mtimeNs, sizeBytes, linkName: toText(more?.target ?? '') };
  if (kind === 'device') {
    return { path, type: kind, mode, mtimeNs, sizeBytes, ...splitDeviceNumber(more?.deviceNumber ?? 0n) };
  }
  if (kind === 'fifo') return { path, type: kind, mode, mtimeNs, sizeBytes };
  const first = identity === undefined ? undefined : listing.firstNames.get(identity);
  if (first !== undefined) {
    return { path, type: kind, mode, mtimeNs, sizeBytes, hardLink: true, linkName: first };
  }
  if (identity !== undefined) listing.firstNames.set(identity, path);
  const changedNs = prints.changedNs(leaf.print);
  return { path, type: kind, mode, mtimeNs, changedNs, sizeBytes, read: () => readLeaf(listing, leaf) };
}

function* readLeaf(listing: Listing, leaf: PlannedLeaf): Generator<Uint8Array> {
  try {
    listing.reader.moveTo(leaf.parent);
    yield* listing.reader.pieces(leaf, chunkBytes);
  } finally {
    listing.touched();
  }
}
