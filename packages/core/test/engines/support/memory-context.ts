import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import type { ContextEntry, ContextSource, VirtualFile } from '../../../src/build/context-source.ts';

/** What a test puts into a context: a file's content, or more about it. */
export type MemoryFile =
  | string
  | Uint8Array
  | {
      readonly content?: string | Uint8Array;
      readonly mode?: number;
      readonly mtimeNs?: bigint;
      readonly changedNs?: bigint;
      readonly symlink?: string;
      readonly hardLink?: string;
      readonly sizeBytes?: number;
      readonly read?: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
    };

export interface MemoryContext extends ContextSource {
  /** Paths whose content was read, in order. */
  readonly reads: string[];
}

/** A context in memory, with parents filled in and in the order engines want. */
export function memoryContext(files: Readonly<Record<string, MemoryFile>>, identity: string): MemoryContext {
  const reads: string[] = [];
  const entries = new Map<string, ContextEntry>();
  for (const [path, file] of Object.entries(files)) {
    const parts = path.split('/');
    parts.slice(0, -1).forEach((_, index) => {
      const directory = parts.slice(0, index + 1).join('/');
      if (!entries.has(directory)) entries.set(directory, directoryEntry(directory));
    });
    entries.set(path, fileEntry(path, file, reads));
  }
  const sorted = [...entries.values()].sort((first, second) => comparePaths(first.path, second.path));
  return {
    identity,
    reads,
    async *entries() {
      yield* sorted;
    },
    entry: (path) => entries.get(path),
    pack: (extra = []) => packEntries(sorted, extra),
  };
}

function directoryEntry(path: string): ContextEntry {
  return { path, type: 'directory', mode: 0o040755, sizeBytes: 0, mtimeNs: 1_700_000_000_000_000_000n };
}

function fileEntry(path: string, file: MemoryFile, reads: string[]): ContextEntry {
  const detailed = typeof file === 'string' || file instanceof Uint8Array ? { content: file } : file;
  const content = Buffer.from(detailed.content ?? '');
  const mtimeNs =
    detailed.mtimeNs ??
    1_700_000_000_000_000_000n + BigInt(createHash('sha256').update(content).digest().readUInt32BE(0) % 1e9);
  const changed = detailed.changedNs === undefined ? {} : { changedNs: detailed.changedNs };
  if (detailed.symlink !== undefined) {
    return { path, type: 'symlink', mode: 0o120777, sizeBytes: 0, mtimeNs, linkName: detailed.symlink };
  }
  return {
    path,
    type: 'file',
    mode: 0o100000 | (detailed.mode ?? 0o644),
    sizeBytes: detailed.sizeBytes ?? content.length,
    mtimeNs,
    ...changed,
    ...(detailed.hardLink === undefined ? {} : { linkName: detailed.hardLink, hardLink: true }),
    read: () => {
      reads.push(path);
      return detailed.read?.() ?? [content];
    },
  };
}

// Byte order per path component: a slash sorts before everything else.
function comparePaths(first: string, second: string): number {
  const a = first.split('/').map((part) => Buffer.from(part));
  const b = second.split('/').map((part) => Buffer.from(part));
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const order = Buffer.compare(a[index] as Buffer, b[index] as Buffer);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** As a tar stream, one file after the other. */
async function* packEntries(
  entries: readonly ContextEntry[],
  extra: readonly VirtualFile[],
): AsyncIterable<Uint8Array> {
  const archive = pack();
  const filling = fill(archive, entries, extra).catch((error: Error) => archive.destroy(error));
  yield* archive as AsyncIterable<Uint8Array>;
  await filling;
}

async function fill(
  archive: Pack,
  entries: readonly ContextEntry[],
  extra: readonly VirtualFile[],
): Promise<void> {
  for (const { path, content, mode = 0o644 } of extra)
    archive.entry({ name: path, mode }, Buffer.from(content));
  const taken = new Set(extra.map(({ path }) => path));
  for (const entry of entries) if (!taken.has(entry.path)) await addEntry(archive, entry);
  archive.finalize();
}

async function addEntry(archive: Pack, entry: ContextEntry): Promise<void> {
  const { path, type, linkName, hardLink } = entry;
  const header = {
    name: path,
    mode: entry.mode & 0o7777,
    mtime: new Date(Number(entry.mtimeNs / 1_000_000n)),
    ...(linkName !== undefined && { linkname: linkName }),
  };
  if (type !== 'file' || hardLink === true) {
    archive.entry({ ...header, type: hardLink === true ? 'link' : (type as 'directory' | 'symlink') });
    return;
  }
  // Read before the entry is begun: an entry that is left open would fail on its own when the archive is destroyed.
  const content = Readable.from(entry.read?.() ?? []);
  await pipeline(content, archive.entry({ ...header, size: entry.sizeBytes }));
}
