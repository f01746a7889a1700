import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const root: string = fileURLToPath(new URL('../../', import.meta.url));

const planted: string[] = [];
afterAll(() => {
  for (const directory of planted) rmSync(directory, { recursive: true, force: true });
});

/** Writes the files into a new directory that sees the repository's packages; it is removed after the tests. */
export function plant(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'stagecraft-planted-')));
  planted.push(directory);
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a tool of the repository inside a planted directory. */
export function runTool(directory: string, tool: string, args: readonly string[]): RunResult {
  const PATH = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH, NO_COLOR: '1', CI: '1' };
  const { status, stdout, stderr, error } = spawnSync(tool, args, { cwd: directory, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { code: status ?? -1, stdout, output: stdout + stderr };
}
