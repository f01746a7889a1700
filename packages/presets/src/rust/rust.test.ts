import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine, slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { scratch } from '../runtime/scratch.ts';
import type { RustOptions } from './options.ts';
import { rust } from './rust.ts';

const files = memoryFiles({
  'Cargo.toml': '[package]\nname = "server"\nversion = "0.1.0"\n\n[dependencies]\nname = "1"\n',
  'Cargo.lock': '',
});

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`rust/${profile}`, rust({ files, profile, port: 8080 }).final, profile);
  },
);

test.each<[string, RustOptions<'no-shell'>]>([
  ['static', { link: 'static' }],
  ['musl', { link: 'musl', runtime: scratch() }],
  ['features', { features: ['tls', 'json'], bin: 'worker' }],
  ['cross', { cross: true }],
  ['chef', { strategy: 'chef' }],
  ['chef-musl', { strategy: 'chef', link: 'musl', runtime: distroless('static') }],
  ['chef-classic', { strategy: 'chef', profile: 'classic' }],
  ['cargo-profile', { cargoProfile: 'dev', strip: false }],
])('prints a Dockerfile with %s', async (name, options) => {
  await expectGolden(
    `rust/${name}`,
    rust({
      files,
      ...options,
      runtime: options.runtime ?? distroless(options.link === 'static' ? 'static' : 'cc'),
    }).final,
    options.profile,
  );
});

test('has a debug target with a shell', async () => {
  const { debug } = rust({ files });
  if (debug === undefined) throw new Error('There is no debug target.');
  expect(await expectGolden('rust/debug', debug)).toContain('debug-nonroot');
});

test('a distribution runs it as a numeric user', () => {
  expect(rust({ files, runtime: slim() }).final).toBeDefined();
});

test('says what to build in a workspace', () => {
  const workspace = memoryFiles({ 'Cargo.toml': '[workspace]\nmembers = ["a"]\n', 'Cargo.lock': '' });
  expect(expectRefusal(() => rust({ files: workspace }), 'project-unsupported')).toContain('workspace');
});

test.each([
  ['no lockfile', () => rust({ files: memoryFiles({ 'Cargo.toml': '' }) }), 'project-unsupported'],
  ['glibc on musl', () => rust({ files, runtime: alpine() }), 'project-unsupported'],
  ['glibc on nothing', () => rust({ files, runtime: distroless('static') }), 'project-unsupported'],
  ['a runtime for Node.js', () => rust({ files, runtime: distroless('nodejs24') }), 'project-unsupported'],
  ['a name the shell would read', () => rust({ files, bin: 'a;b' }), 'invalid-options'],
  [
    'cross-compilation on classic',
    () => rust({ files, cross: true, profile: 'classic' }),
    'unsupported-feature',
  ],
  ['cargo-chef across platforms', () => rust({ files, cross: true, strategy: 'chef' }), 'invalid-options'],
  ["another platform's symbols", () => rust({ files, cross: true, strip: true }), 'invalid-options'],
  ['a profile the shell would read', () => rust({ files, cargoProfile: '$(id)' }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
