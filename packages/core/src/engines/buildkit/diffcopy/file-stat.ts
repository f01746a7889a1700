import type { ContextEntry } from '../../../build/context-source.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { toGoMode } from '../proto/go-mode.ts';
import type { FileStat } from '../proto/packet.ts';

const million = 1_000_000n;

const posixTypes = { file: 0o100000, directory: 0o040000, symlink: 0o120000, fifo: 0o010000 } as const;

/** What the engine is told about an entry. Owner and group stay 0, as everywhere in Docker's contexts. */
export function toFileStat(entry: ContextEntry): FileStat {
  if (entry.type === 'device') throw unsupported(entry, 'is a device');
  if (/\p{Surrogate}/u.test(entry.path)) throw unsupported(entry, 'has a name that is not valid Unicode');
  const linkName = entry.linkName ?? '';
  return {
    path: entry.path,
    mode: toGoMode((entry.mode & 0o7777) | posixTypes[entry.type]),
    sizeBytes: sizeOf(entry, linkName),
    mtimeNs: comparableTime(entry),
    linkName,
  };
}

function sizeOf(entry: ContextEntry, linkName: string): number {
  if (entry.type === 'file') return entry.sizeBytes;
  return entry.type === 'symlink' ? Buffer.byteLength(linkName) : 0;
}

/**
 * The engine takes a file of equal size and time as unchanged and never looks at its content. A file that was written
 * normally has equal mtime and ctime; where they differ the mtime was set by hand, so the part below a millisecond,
 * which no layer keeps, is made to depend on the ctime.
 */
function comparableTime(entry: ContextEntry): bigint {
  const { mtimeNs, changedNs } = entry;
  if (entry.type !== 'file' || changedNs === undefined || changedNs === mtimeNs) return mtimeNs;
  const below = ((mtimeNs % million) + million) % million;
  const mixed = BigInt.asUintN(64, (changedNs ^ (below << 20n)) * 0x9e37_79b9_7f4a_7c15n);
  return mtimeNs - below + ((mixed >> 16n) % million);
}

function unsupported(entry: ContextEntry, why: string): StagecraftError {
  return new StagecraftError('context-unsupported', `The context entry "${entry.path}" ${why}.`, {
    hint: 'Remove it from the context or add it to .dockerignore.',
  });
}
