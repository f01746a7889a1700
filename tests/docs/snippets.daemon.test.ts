// Needs base images: golang:1.26-trixie, busybox:1.37, gcr.io/distroless/static-debian13:nonroot
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBases } from '../../scripts/bases.mjs';
import { pages, root, runSnippet, snippetsOf, textOf } from './snippets.ts';

const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), 'stagecraft-snippets-'));
const built = ['calc:1', 'example:ci'];
const all = pages().flatMap((page) => snippetsOf(page, textOf(page)));
let before: readonly string[] = [];

beforeAll(async () => {
  await ensureBases(['golang:1.26-trixie', 'busybox:1.37', 'gcr.io/distroless/static-debian13:nonroot']);
  before = await images();
  writeFileSync(join(directory, 'go.mod'), 'module example.com/app\n\ngo 1.26\n');
  writeFileSync(join(directory, 'main.go'), 'package main\n\nfunc main() {}\n');
  writeFileSync(join(directory, '.dockerignore'), '*\n!go.mod\n!main.go\n');
  process.chdir(directory);
}, 300_000);

afterAll(async () => {
  process.chdir(root);
  rmSync(directory, { recursive: true, force: true });
  const ours = (await images()).filter((image) => built.includes(image) && !before.includes(image));
  if (ours.length > 0) await run('docker', ['rmi', '--force', ...ours]);
});

test.each(
  all
    .filter(({ needsEngine }) => needsEngine)
    .map((snippet) => [`${snippet.page}:${snippet.line}`, snippet] as const),
)('the snippet at %s builds its image on a real daemon', async (_, snippet) => {
  const others = all.filter(({ page, file }) => page === snippet.page && !file.startsWith('snippet-'));
  for (const other of others) expect(await runSnippet(other, directory)).toEqual([]);
  expect(await runSnippet(snippet, directory)).toEqual([]);
  expect(built.some((tag) => snippet.code.includes(tag))).toBe(true);
  const [tag = ''] = built.filter((name) => snippet.code.includes(name));
  expect(await images()).toContain(tag);
});

async function images(): Promise<readonly string[]> {
  return (await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'])).stdout.split('\n');
}
