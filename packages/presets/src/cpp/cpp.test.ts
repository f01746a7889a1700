import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine } from '../runtime/distributions.ts';
import { cpp } from './cpp.ts';
import type { CppOptions } from './options.ts';

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

const meson = memoryFiles({ 'meson.build': '' });
const make = memoryFiles({ Makefile: '' });

test.each<[string, Omit<CppOptions<'no-shell'>, 'binary'>]>([
  ['static', { static: true }],
  ['meson', { files: meson }],
  ['make', { files: make, packages: ['libssl-dev', 'curl'] }],
  ['clang', { compiler: 'clang' }],
  ['sanitizers', { compiler: 'clang', sanitizers: ['address', 'undefined'], buildType: 'debug' }],
  ['sanitizers-meson', { files: meson, compiler: 'clang', sanitizers: ['thread'] }],
  ['sanitizers-make', { files: make, compiler: 'clang', sanitizers: ['undefined'], buildType: 'debug' }],
  ['ccache', { ccache: true }],
  ['ccache-make', { files: make, ccache: true }],
])('prints a Dockerfile with %s', async (name, options) => {
  await expectGolden(`cpp/${name}`, cpp({ files, binary: 'server', ...options }).final);
});

test('has a debug target with a shell', () => {
  expect(cpp({ files, binary: 'server' }).debug).toBeDefined();
});

test.each([
  ['no build file', () => cpp({ files: memoryFiles({}), binary: 'a' }), 'project-unsupported'],
  ['glibc on musl', () => cpp({ files, binary: 'a', runtime: alpine() }), 'project-unsupported'],
  [
    'a version of GCC for Clang',
    () => cpp({ files, binary: 'a', compiler: 'clang', version: '14' }),
    'invalid-options',
  ],
  ['sanitizers with GCC', () => cpp({ files, binary: 'a', sanitizers: ['address'] }), 'invalid-options'],
  [
    'sanitizers that exclude each other',
    () => cpp({ files, binary: 'a', compiler: 'clang', sanitizers: ['address', 'thread'] }),
    'invalid-options',
  ],
  [
    'ccache without cache mounts',
    () => cpp({ files, binary: 'a', ccache: true, profile: 'classic' }),
    'invalid-options',
  ],
  ['no binary', () => cpp({ files } as never), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
