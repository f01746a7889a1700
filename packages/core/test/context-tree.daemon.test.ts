import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packContext } from '../src/context/index.ts';
import { planLikeCli } from './context-support/cli-plan.ts';
import { generateTree, removeTree } from './context-support/generate-tree.ts';
import { collect, runPool } from './context-support/pool.ts';
import { createRandom } from './context-support/random.ts';
import { readTar, type TarEntry } from './context-support/read-tar.ts';
import { type RecordingEngine, startRecordingEngine } from './context-support/recording-engine.ts';

const trees = process.env['STAGECRAFT_NIGHTLY'] === '1' ? 3_000 : 1_000;

describe('packed trees against the docker CLI', () => {
  let engine: RecordingEngine;

  beforeAll(async () => {
    engine = await startRecordingEngine();
  });

  afterAll(() => engine.close());

  it(`packs ${trees} generated trees entry for entry like the CLI`, async () => {
    const differences: string[] = [];
    const kinds = new Map<string, number>();
    const seeds = Array.from({ length: trees }, (_, seed) => seed + 1);
    await runPool(seeds, 2, async (seed) => {
      const root = generateTree(createRandom(seed));
      try {
        const cli = await engine.build(root);
        if (cli.tar === undefined) {
          differences.push(`${seed}: the CLI refused: ${cli.stderr.slice(-200)}`);
          return;
        }
        const theirs = readTar(cli.tar);
        const ours = readTar(await collect(packContext(await planLikeCli(root))));
        for (const entry of ours) kinds.set(entry.type, (kinds.get(entry.type) ?? 0) + 1);
        const difference = firstDifference(ours.map(describeEntry), theirs.map(describeEntry));
        if (difference !== undefined) differences.push(`${seed}: ${difference}`);
      } finally {
        removeTree(root);
      }
    });
    expect(differences).toEqual([]);
    // Files, hard links, symbolic links, directories and pipes were all among them.
    expect([...'01256'].filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});

/** Name, type, mode, owner, size, time, link, device, PAX keys and content of an entry, as one line. */
function describeEntry(entry: TarEntry): string {
  const { content, ...fields } = entry;
  return JSON.stringify({ ...fields, mode: entry.mode & 0o7777, content: content.toString('latin1') });
}

function firstDifference(ours: readonly string[], theirs: readonly string[]): string | undefined {
  const index = ours.findIndex((line, position) => line !== theirs[position]);
  if (index < 0 && ours.length === theirs.length) return undefined;
  const position = index < 0 ? ours.length : index;
  return `entry ${position}: ours ${ours[position]?.slice(0, 400)} theirs ${theirs[position]?.slice(0, 400)}`;
}
