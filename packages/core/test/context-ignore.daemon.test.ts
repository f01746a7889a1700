import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packContext } from '../src/context/index.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import { planLikeCli } from './context-support/cli-plan.ts';
import { generateIgnoreFile, ignoreTree } from './context-support/generate-ignore.ts';
import { collect, runPool } from './context-support/pool.ts';
import { createRandom } from './context-support/random.ts';
import { readTar } from './context-support/read-tar.ts';
import { type RecordingEngine, startRecordingEngine } from './context-support/recording-engine.ts';

const cases = process.env['STAGECRAFT_NIGHTLY'] === '1' ? 10_000 : 3_000;
const lanes = 2;

describe('ignore rules against the docker CLI', () => {
  let engine: RecordingEngine;
  const directories: string[] = [];

  beforeAll(async () => {
    engine = await startRecordingEngine();
    for (let lane = 0; lane < lanes; lane += 1) {
      const directory = mkdtempSync(join(tmpdir(), 'stagecraft-ignore-'));
      directories.push(directory);
      for (const path of ignoreTree) writeBytes(directory, path, '');
    }
  });

  afterAll(async () => {
    await engine.close();
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  });

  it(`sends the same files for ${cases} generated ignore files`, async () => {
    const differences: string[] = [];
    let accepted = 0;
    const seeds = Array.from({ length: cases }, (_, seed) => seed + 1);
    await runPool(seeds, lanes, async (seed, lane) => {
      const directory = directories[lane] ?? '';
      const ignore = generateIgnoreFile(createRandom(seed));
      writeBytes(directory, '.dockerignore', ignore);
      const cli = await engine.build(directory);
      const theirs = cli.exitCode === 0 && cli.tar !== undefined ? namesIn(cli.tar) : ['refused'];
      const ours = await ownNames(directory);
      if (cli.exitCode === 0) accepted += 1;
      if (ours.join('\n') !== theirs.join('\n')) {
        differences.push(`${seed}: ${JSON.stringify(ignore)} ${onlyIn(ours, theirs)}`);
      }
    });
    expect(differences).toEqual([]);
    // The cases must not be so wild that the CLI refuses most of them.
    expect(accepted).toBeGreaterThan(cases / 2);
  });
});

function writeBytes(directory: string, path: string, content: string): void {
  const target = Buffer.from(`${directory}/${path}`, 'latin1');
  mkdirSync(Buffer.from(dirname(target.toString('latin1')), 'latin1'), { recursive: true });
  writeFileSync(target, Buffer.from(content, 'latin1'));
}

function namesIn(tar: Buffer): string[] {
  return readTar(tar).map((entry) => entry.name);
}

async function ownNames(directory: string): Promise<string[]> {
  try {
    return namesIn(await collect(packContext(await planLikeCli(directory))));
  } catch (error) {
    if (isStagecraftError(error) && error.code === 'ignore-pattern') return ['refused'];
    throw error;
  }
}

/** The first few names that only one side sent. */
function onlyIn(ours: readonly string[], theirs: readonly string[]): string {
  const onlyOurs = ours.filter((name) => !theirs.includes(name));
  const onlyTheirs = theirs.filter((name) => !ours.includes(name));
  return `ours ${JSON.stringify(onlyOurs.slice(0, 4))} theirs ${JSON.stringify(onlyTheirs.slice(0, 4))}`;
}
