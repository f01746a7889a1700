// Needs base images: busybox:1.37
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const directory = mkdtempSync(join(import.meta.dirname, '../node_modules', '.exit-'));
const program = join(directory, 'build.mjs');

beforeAll(() => {
  buildSync({
    entryPoints: [join(import.meta.dirname, 'engines/support/exit-program.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a program that builds once; resolves to how long its process lived on after the build. */
function run(kind: string): Promise<{ output: string; code: number; lingeredMs: number }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program, kind],
      { cwd: tmpdir(), timeout: 60_000 },
      (error, stdout) => {
        const ended = Number(/ended at (\d+)/u.exec(stdout)?.[1]);
        resolve({
          output: stdout,
          code: typeof error?.code === 'number' ? error.code : (child.exitCode ?? -1),
          lingeredMs: Date.now() - ended,
        });
      },
    );
  });
}

describe('a process', () => {
  test.each(['success', 'failure', 'abort', 'secret-never', 'unreachable', 'early-return'])(
    'ends by itself right after a build: %s',
    async (kind) => {
      const { output, code, lingeredMs } = await run(kind);
      expect(output).toContain('ended at');
      expect(code).toBe(0);
      expect(lingeredMs).toBeLessThan(250);
    },
  );
});
