import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Runs `work` while holding an exclusive lock on `path`.
 * The lock belongs to a `flock` child whose standard input we hold open, so the kernel
 * gives it back even when this process is killed: no stale lock files, no pid guessing.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  const release = await acquireLock(path);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * @param {string} path
 * @returns {Promise<() => Promise<void>>}
 */
function acquireLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  return new Promise((resolve, reject) => {
    const holder = spawn('flock', ['--exclusive', path, 'sh', '-c', 'echo held; cat >/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      // A Ctrl-C at the terminal must not take the lock away before the work has stopped.
      detached: true,
    });
    const closed = new Promise((done) => holder.on('close', done));
    holder.on('error', (cause) => reject(new Error(`No lock on "${path}": flock did not start.`, { cause })));
    holder.on('close', (code) => reject(new Error(`No lock on "${path}": flock ended with ${code}.`)));
    holder.stdin.on('error', () => {});
    holder.stdout.once('data', () =>
      resolve(async () => {
        holder.stdin.end();
        await closed;
      }),
    );
  });
}
