import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { deno } from './deno.ts';

const files = memoryFiles({ 'deno.json': '{}', 'deno.lock': '' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`deno/${profile}`, deno({ files, profile, port: 8000 }).final, profile);
  },
);

test('compiles in the permissions it is given', async () => {
  const { final } = deno({ files, permissions: { net: [':8000'], read: ['/data'], write: false } });
  expect(await expectGolden('deno/permissions', final)).toContain(
    '--allow-net=:8000 --allow-read=/data --output',
  );
});

test.each([
  ['no lockfile', () => deno({ files: memoryFiles({ 'deno.json': '{}' }) }), 'project-unsupported'],
  ['an unknown permission', () => deno({ files, permissions: { all: true } as never }), 'invalid-options'],
  ['a host the shell would read', () => deno({ files, permissions: { net: ['a;b'] } }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
