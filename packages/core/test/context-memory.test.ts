import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleContext } from './context-support/bundle.ts';

const run = promisify(execFile);
const ceilingBytes = 150 * 1024 * 1024;
const manyFiles = 100_000;
const sparseBytes = 9 * 1024 ** 3;
const timeoutMs = 180_000;

interface Measure {
  readonly files: number;
  readonly bytes: number;
  readonly packed: number;
  readonly entries: number;
  readonly largestChunk: number;
  readonly peakBytes: number;
}

describe('the memory that packing takes', () => {
  let bundle: string;
  const directories: string[] = [];

  beforeAll(async () => {
    bundle = await bundleContext();
    directories.push(dirname(bundle));
  });

  afterAll(() => {
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  });

  /** In memory where the system has a place for it: holes of a sparse file then take no cache. */
  function temporary(): string {
    const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'stagecraft-memory-'));
    directories.push(directory);
    return directory;
  }

  async function measure(directory: string): Promise<Measure> {
    const script = join(import.meta.dirname, 'context-support/measure-pack.mjs');
    const { stdout } = await run(process.execPath, [script, bundle, directory]);
    return JSON.parse(stdout) as Measure;
  }

  it(
    `stays below 150 MiB for ${manyFiles} files`,
    async () => {
      const directory = temporary();
      for (let index = 0; index < manyFiles; index += 1) {
        const folder = join(directory, `package-${index % 20}`, `folder-${Math.floor(index / 50)}`);
        if (index % 50 < 20) mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `file-${index}.js`), 'x'.repeat(index % 1000));
      }
      const measured = await measure(directory);
      expect(measured.files).toBe(manyFiles);
      expect(measured.entries).toBeGreaterThan(manyFiles);
      expect(measured.peakBytes).toBeLessThan(ceilingBytes);
    },
    timeoutMs,
  );

  it(
    'stays below 150 MiB for a sparse file of 9 GiB',
    async () => {
      const directory = temporary();
      writeFileSync(join(directory, 'sparse'), '');
      truncateSync(join(directory, 'sparse'), sparseBytes);
      const measured = await measure(directory);
      // A PAX header and its body, the header, the content, the end of the archive.
      expect(measured.packed).toBe(sparseBytes + 5 * 512);
      expect(measured.largestChunk).toBeLessThanOrEqual(1024 * 1024);
      expect(measured.peakBytes).toBeLessThan(ceilingBytes);
    },
    timeoutMs,
  );
});
