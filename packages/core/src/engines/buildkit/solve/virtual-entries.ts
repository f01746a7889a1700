import { createHash } from 'node:crypto';
import type { ContextEntry, VirtualFile } from '../../../build/context-source.ts';

const fixedSeconds = 1_700_000_000n;
const billion = 1_000_000_000n;

/** Entries for files in memory. They must lie at the top of the tree. */
export async function* virtualEntries(files: readonly VirtualFile[]): AsyncIterable<ContextEntry> {
  for (const file of files) {
    const content = typeof file.content === 'string' ? Buffer.from(file.content) : file.content;
    const digest = createHash('sha256').update(content).digest();
    yield {
      path: file.path,
      type: 'file',
      mode: 0o100000 | (file.mode ?? 0o644),
      sizeBytes: content.length,
      // Engines take equal size and time for equal content; so other content gets another time.
      mtimeNs: fixedSeconds * billion + (BigInt(digest.readUInt32BE(0)) % billion),
      read: () => [content],
    };
  }
}
