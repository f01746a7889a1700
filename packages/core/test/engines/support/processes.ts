import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process with `word` among its arguments runs on this machine; containers' processes are seen, too. */
export function isRunning(word: string): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/u.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').includes(word);
    } catch {
      return false;
    }
  });
}

/** Resolves to how long it took until `condition` held; rejects after `limitMs`. */
export async function waitUntil(condition: () => boolean, limitMs: number): Promise<number> {
  const started = performance.now();
  while (!condition()) {
    if (performance.now() - started > limitMs) throw new Error(`It did not happen within ${limitMs} ms.`);
    await sleep(5);
  }
  return performance.now() - started;
}
