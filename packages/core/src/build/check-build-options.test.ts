import { expect, test } from 'vitest';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { checkBuildOptions } from './check-build-options.ts';

function problemsOf(options: unknown): readonly string[] {
  try {
    checkBuildOptions(options);
  } catch (error) {
    if (!(error instanceof StagecraftError)) throw error;
    const all = error.problems.length === 0 ? [error] : error.problems;
    return all.map(({ code, message, hint }) => `${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`);
  }
  return [];
}

test('lets everything through that the types allow', () => {
  expect(
    problemsOf({
      context: {
        directory: '.',
        files: { a: 'text', b: new Uint8Array(1), c: { content: 'x', mode: 0o755 } },
      },
      contexts: { assets: { url: 'https://example.com/a.tar' }, base: { image: 'busybox' } },
      secrets: { a: { file: 'x' }, b: { env: 'X' }, c: { value: 'v' }, d: async () => 'v' },
      engine: 'unix:///var/run/docker.sock',
      tags: ['a:1'],
      noCache: ['builder'],
      ssh: [{ id: 'default', agentSocket: '/run/agent' }],
      outputs: [{ type: 'load' }],
      deadlines: { idleTimeoutMs: 1000 },
      signal: new AbortController().signal,
      onEvent: () => {},
    }),
  ).toEqual([]);
  expect(problemsOf({})).toEqual([]);
});

test('names an option that does not exist, and the one that was meant', () => {
  expect(problemsOf({ tag: ['a:1'] })).toEqual([
    'invalid-options: There is no build option "tag". Did you mean "tags"?',
  ]);
});

test('an image that would begin another attribute is no generator', () => {
  const options = { attestations: { sbom: { generator: 'scanner:1,mode=max' } } };
  expect(problemsOf(options)).toEqual([expect.stringContaining('The build option "attestations')]);
  expect(
    problemsOf({ attestations: { sbom: { generator: 'registry.example.com:5000/scanner:1' } } }),
  ).toEqual([]);
});

test('reports all problems together', () => {
  expect(problemsOf({ tags: 'a:1', noCache: 'yes', onEvent: 1 })).toEqual([
    'invalid-options: The build option "onEvent" is wrong: must be a function.',
    expect.stringContaining('The build option "tags" is wrong:'),
    'invalid-options: The build option "noCache" is wrong: must be true, false or names of stages.',
  ]);
});

test('never repeats the value of a secret', () => {
  expect(problemsOf({ secrets: { token: { vlaue: 'hunter2' } } }).join()).not.toContain('hunter2');
});
