import { afterEach, describe, expect, it } from 'vitest';
import { type ContextRead, explainContext, planContext } from '../src/context/index.ts';
import { createTree, removeTree } from './context-support/temporary-tree.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) removeTree(root);
});

describe('explainContext', () => {
  const src: ContextRead = { source: 'src', kind: 'copy', line: 3 };
  const text: ContextRead = { source: '*.txt', kind: 'add' };

  async function explain() {
    const directory = createTree({
      '.dockerignore': 'node_modules\n*.log\n**/tmp\n!src/tmp/keep\n',
      'a.txt': 'aa',
      'README.md': 'rrr',
      'src/app.js': 'x'.repeat(100),
      'src/tmp/keep': 'k',
      'src/tmp/drop': 'dd',
      'src/old.log': '',
      'node_modules/x/index.js': 'yyyy',
    });
    roots.push(directory);
    const plan = await planContext({ directory, reads: [src, text], files: { 'b.txt': 'memory' } });
    return explainContext(plan);
  }

  it('says of every file why it travels or not', async () => {
    const { files } = await explain();
    const line = (number: number, words: string) => ({
      line: number,
      text: words,
      negated: words.startsWith('!'),
    });
    expect(files).toEqual([
      { path: '.dockerignore', sizeBytes: 40, fate: 'unread', readBy: [] },
      { path: 'README.md', sizeBytes: 3, fate: 'unread', readBy: [] },
      { path: 'a.txt', sizeBytes: 2, fate: 'sent', readBy: [text] },
      { path: 'b.txt', sizeBytes: 6, fate: 'sent', readBy: [text] },
      {
        path: 'node_modules/x/index.js',
        sizeBytes: 4,
        fate: 'ignored',
        readBy: [],
        ignoredBy: line(1, 'node_modules'),
      },
      { path: 'src/app.js', sizeBytes: 100, fate: 'sent', readBy: [src] },
      { path: 'src/old.log', sizeBytes: 0, fate: 'sent', readBy: [src] },
      { path: 'src/tmp/drop', sizeBytes: 2, fate: 'ignored', readBy: [src], ignoredBy: line(3, '**/tmp') },
      { path: 'src/tmp/keep', sizeBytes: 1, fate: 'sent', readBy: [src] },
    ]);
  });

  it('adds up what travels and what does not', async () => {
    const explanation = await explain();
    expect(explanation.sent).toEqual({ files: 5, bytes: 109 });
    expect(explanation.dropped).toEqual({ files: 4, bytes: 49 });
    expect(explanation.directories).toEqual([
      { directory: 'src', sentFiles: 3, sentBytes: 101, droppedFiles: 1, droppedBytes: 2 },
      { directory: '.', sentFiles: 2, sentBytes: 8, droppedFiles: 2, droppedBytes: 43 },
      { directory: 'node_modules', sentFiles: 0, sentBytes: 0, droppedFiles: 1, droppedBytes: 4 },
    ]);
    expect(explanation.largest.map((file) => file.path)).toEqual([
      'src/app.js',
      'b.txt',
      'a.txt',
      'src/tmp/keep',
      'src/old.log',
    ]);
  });

  it('shows the ten largest files at most', async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, size) => [`f${size}`, 'x'.repeat(size)]));
    const { largest } = await explainContext(await planContext({ files }));
    expect(largest.map((file) => file.sizeBytes)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  });

  it('wants the plan itself', async () => {
    const plan = await planContext({ files: {} });
    await expect(explainContext({ ...plan })).rejects.toMatchObject({ code: 'invalid-options' });
  });
});
