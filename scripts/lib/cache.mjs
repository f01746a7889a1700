import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Everything these scripts keep on a machine. */
const cacheDirectory = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stagecraft', 'bases');

/** @param {readonly string[]} segments */
export function cachePath(...segments) {
  return join(cacheDirectory, ...segments);
}

/**
 * Gives `work` a fresh directory on the cache's file system and removes it afterwards.
 * Not under the system's temporary directory: that may be in memory, or an overlay that cannot hold another one.
 * @template T
 * @param {string} prefix
 * @param {(directory: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withWorkDirectory(prefix, work) {
  mkdirSync(cachePath('work'), { recursive: true });
  const directory = mkdtempSync(cachePath('work', `${prefix}-`));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} parts */
export function digest(...parts) {
  const hash = createHash('sha256');
  // Each part is framed by its length, so that moving text between parts changes the digest.
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}
