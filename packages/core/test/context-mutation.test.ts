import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packContext, planContext } from '../src/context/index.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import { readTar } from './context-support/read-tar.ts';

const packs = process.env['STAGECRAFT_NIGHTLY'] === '1' ? 10_000 : 540;
const hangMs = 10_000;
const secret = 'OUTSIDE OF THE CONTEXT';
const kinds = [
  'all',
  'remove',
  'grow',
  'shrink',
  'rewrite',
  'rename',
  'symlink',
  'pipe',
  'directory',
  'create',
] as const;
const pausesMs = [0, 2, 20] as const;
const stableFiles = Array.from({ length: 60 }, (_, index) => `stable/${index % 6}/file${index}`);

/** How one pack ended. */
interface Outcome {
  readonly sent: Buffer;
  readonly error?: unknown;
}

describe('packing while another process changes the tree', () => {
  let base: string;
  let mutator: ChildProcess;

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'stagecraft-mutation-'));
    mkdirSync(join(base, 'outside'));
    writeFileSync(join(base, 'outside/secret'), secret.repeat(50));
    for (let index = 0; index < 20; index += 1) writeFileSync(join(base, `outside/file${index}`), secret);
    mutator = fork(join(import.meta.dirname, 'context-support/mutate.mjs'));
  });

  afterAll(() => {
    mutator.disconnect();
    rmSync(base, { recursive: true, force: true });
  });

  it(`loses nothing silently and sends nothing from outside in ${packs} packs`, async () => {
    const problems: string[] = [];
    const ends = { complete: 0, refused: 0 };
    let changes = 0;
    for (let run = 0; run < packs; run += 1) {
      const directory = join(base, `run${run}`);
      createHotTree(directory);
      const kind = kinds[run % kinds.length] ?? 'all';
      const pauseMs = pausesMs[Math.floor(run / kinds.length) % pausesMs.length] ?? 0;
      const before = await tell(mutator, { directory, outside: join(base, 'outside'), kind, pauseMs });
      const outcome = await packOnce(directory);
      changes += (await tell(mutator, { stop: true })) - before;
      rmSync(directory, { recursive: true, force: true });
      const problem = judge(outcome);
      if (problem !== undefined) problems.push(`${run} ${kind} ${pauseMs} ms: ${problem}`);
      if (outcome.error === undefined) ends.complete += 1;
      else ends.refused += 1;
    }
    expect(problems).toEqual([]);
    // The tree did change, and both ends were seen often enough to mean something.
    expect(changes).toBeGreaterThan(packs);
    expect(ends.complete).toBeGreaterThan(packs / 50);
    expect(ends.refused).toBeGreaterThan(packs / 10);
  });
});

function createHotTree(directory: string): void {
  for (const folder of [
    'hot/one',
    'hot/two',
    ...Array.from({ length: 6 }, (_, index) => `stable/${index}`),
  ]) {
    mkdirSync(join(directory, folder), { recursive: true });
  }
  for (const path of stableFiles) writeFileSync(join(directory, path), path.repeat(50));
  for (let index = 0; index < 20; index += 1) {
    writeFileSync(join(directory, index % 2 === 0 ? 'hot/one' : 'hot/two', `file${index}`), 'a'.repeat(4000));
  }
}

/** Sends an order and resolves with the number of changes made so far. */
function tell(mutator: ChildProcess, message: object): Promise<number> {
  return new Promise((resolve) => {
    mutator.once('message', (count) => resolve(Number(count)));
    mutator.send(message);
  });
}

async function packOnce(directory: string): Promise<Outcome> {
  const chunks: Uint8Array[] = [];
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The pack hangs.')), hangMs);
  });
  const packing = (async () => {
    for await (const chunk of packContext(await planContext({ directory }))) chunks.push(chunk);
  })();
  try {
    await Promise.race([packing, hang]);
    return { sent: Buffer.concat(chunks) };
  } catch (error) {
    return { sent: Buffer.concat(chunks), error };
  } finally {
    clearTimeout(timer);
  }
}

/** What is wrong with the outcome; undefined when nothing is. */
function judge({ sent, error }: Outcome): string | undefined {
  if (sent.includes(secret)) return 'bytes from outside were sent';
  if (error !== undefined) {
    const typed = isStagecraftError(error) && error.code === 'context-changed';
    return typed && /^"(?:hot[^"]*|\.)" /u.test(error.message)
      ? undefined
      : `not a typed error: ${String(error)}`;
  }
  const entries = new Map(readTar(sent).map((entry) => [entry.name, entry.content.toString('latin1')]));
  const lost = stableFiles.find((path) => entries.get(path) !== path.repeat(50));
  if (lost !== undefined) return `"${lost}" was lost`;
  const torn = [...entries].find(
    ([name, content]) => /^hot\/.*\/file\d+$/u.test(name) && !isOneVersion(content),
  );
  return torn === undefined ? undefined : `"${torn[0]}" is neither its old nor its new content`;
}

/** Every write of the other process uses one letter; only growing adds a second kind at the end. */
function isOneVersion(content: string): boolean {
  return /^(?:(.)\1*)?(?:(.)\2{499})*$/u.test(content);
}
