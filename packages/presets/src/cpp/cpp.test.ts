import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine } from '../runtime/distributions.ts';
import { cpp } from './cpp.ts';

const files = memoryFiles({ 'CMakeLists.txt': '' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(
      `cpp/${profile}`,
      cpp({ files, profile, binary: 'server', port: 8080 }).final,
      profile,
    );
  },
);

test.each([
  ['static', { static: true }],
  ['meson', { files: memoryFiles({ 'meson.build': '' }) }],
  ['make', { files: memoryFiles({ Makefile: '' }), packages: ['libssl-dev', 'curl'] }],
])('prints a Dockerfile with %s', async (name, options) => {
  await expectGolden(`cpp/${name}`, cpp({ files, binary: 'server', ...options }).final);
});

test('has a debug target with a shell', () => {
  expect(cpp({ files, binary: 'server' }).debug).toBeDefined();
});

test.each([
  ['no build file', () => cpp({ files: memoryFiles({}), binary: 'a' }), 'project-unsupported'],
  ['glibc on musl', () => cpp({ files, binary: 'a', runtime: alpine() }), 'project-unsupported'],
  ['no binary', () => cpp({ files } as never), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
