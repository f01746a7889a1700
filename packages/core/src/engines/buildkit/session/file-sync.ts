import type { ContextEntry } from '../../../build/context-source.ts';
import { sendTree } from '../diffcopy/send-tree.ts';
import { filterEntries } from '../filter/filter-entries.ts';
import { metadataValues } from '../rpc/metadata.ts';
import type { RpcHandler } from '../rpc/serve.ts';
import { createRpcError, rpcCode } from '../rpc/status.ts';
import type { SessionFailures } from './failures.ts';

type EntryLookup = ContextEntry | undefined | Promise<ContextEntry | undefined>;

/** A directory the engine may read, real or made up. */
export interface ServedDirectory {
  entries(): AsyncIterable<ContextEntry>;
  /** The one entry at a path, for directories that can tell without listing all of them. */
  entry?(path: string): EntryLookup;
  /** For events: what is being sent. */
  readonly label: string;
  readonly totalBytes?: number | undefined;
}

export interface FileSyncOptions {
  readonly directories: ReadonlyMap<string, ServedDirectory>;
  readonly failures: SessionFailures;
  readonly onTransfer: (label: string, sentBytes: number, totalBytes?: number) => void;
}

/** Serves directories by name; the engine gets only what it lacks. */
export function createFileSyncService(options: FileSyncOptions): ReadonlyMap<string, RpcHandler> {
  const ignoring = new Set<string>();
  const diffCopy: RpcHandler = async (call) => {
    const name = call.metadata.get('dir-name')?.[0] ?? '';
    const directory = options.directories.get(name);
    if (directory === undefined) {
      throw createRpcError({ code: rpcCode.notFound, message: `no access allowed to dir "${name}"` });
    }
    const follow = metadataValues(call.metadata, 'followpaths');
    // The plan behind a directory has applied the ignore file already, maybe a Dockerfile's own one. What the engine
    // makes of the ignore file it finds there must not be applied on top.
    if (asksForIgnoreFile(follow)) ignoring.add(name);
    const entries =
      (await ignoreFileOf(directory, follow)) ??
      filterEntries(directory.entries(), {
        include: metadataValues(call.metadata, 'include-patterns'),
        exclude: ignoring.has(name) ? [] : metadataValues(call.metadata, 'exclude-patterns'),
        follow,
      });
    try {
      await sendTree(call, entries, {
        onProgress: (sent) => options.onTransfer(directory.label, sent, directory.totalBytes),
      });
    } catch (error) {
      if (!call.signal.aborted) options.failures.report(error);
      throw error;
    }
  };
  return new Map([['/moby.filesync.v1.FileSync/DiffCopy', diffCopy]]);
}

function asksForIgnoreFile(follow: readonly string[]): boolean {
  return follow.length > 0 && follow.every((path) => path.endsWith('.dockerignore'));
}

/** Every build asks for this one file first: the whole tree is not listed for it. */
async function ignoreFileOf(
  directory: ServedDirectory,
  follow: readonly string[],
): Promise<readonly ContextEntry[] | undefined> {
  const [path] = follow;
  if (directory.entry === undefined || follow.length !== 1 || path === undefined) return undefined;
  if (!asksForIgnoreFile(follow) || /[/*?[\\]/u.test(path)) return undefined;
  const entry = await directory.entry(path);
  if (entry === undefined) return [];
  // What a link leads to has to be sent, too.
  return entry.type === 'file' && entry.hardLink !== true ? [entry] : undefined;
}
