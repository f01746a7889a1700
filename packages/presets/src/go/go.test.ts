import { toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine, slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { scratch } from '../runtime/scratch.ts';
import { go } from './go.ts';
import type { GoOptions } from './options.ts';

const files = memoryFiles({
  'go.mod': 'module example.com/app\n',
  'go.sum': '',
  'main.go': 'package main\n',
});

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`go/${profile}`, go({ files, profile, port: 8080 }).final, profile);
  },
);

test('scratch runs as a numeric user, because there is no passwd', async () => {
  await expectGolden('go/scratch', go({ files, runtime: scratch() }).final);
});

test('C code is compiled on the platform the image is for', async () => {
  const text = await expectGolden('go/cgo', go({ files, cgo: true, tags: ['netgo'], ldflags: '-s' }).final);
  expect(text).not.toContain('BUILDPLATFORM');
});

test.each<[string, GoOptions<'no-shell'>]>([
  ['cgo-static', { cgo: true, static: true, private: ['example.com/*'] }],
  ['cgo-static-cross', { cgo: true, static: true, cross: true }],
  ['cgo-cross', { cgo: true, cross: true }],
  ['race', { cgo: true, race: true }],
  ['upx', { upx: true }],
  ['upx-classic', { upx: true, profile: 'classic' }],
])('prints a Dockerfile with %s', async (name, options) => {
  await expectGolden(`go/${name}`, go({ files, ...options }).final, options.profile);
});

test('a static program with C code runs on nothing', () => {
  expect(go({ files, cgo: true, static: true, runtime: scratch() }).final).toBeDefined();
});

test('single files need no module', async () => {
  const single = memoryFiles({ 'calculator.go': 'package main\n' });
  await expectGolden('go/sources', go({ files: single, sources: ['calculator.go'] }).final);
});

test('vendored modules are not downloaded', async () => {
  const vendored = memoryFiles({ 'go.mod': '', 'vendor/modules.txt': '' });
  expect(await expectGolden('go/vendor', go({ files: vendored }).final)).not.toContain('go mod download');
});

test('a workspace brings the manifests of all its modules', async () => {
  const workspace = memoryFiles({
    'go.work': 'use (\n./svc\n./lib\n)\n',
    'svc/go.mod': 'module example.com/svc\n',
    'svc/go.sum': '',
    'lib/go.mod': 'module example.com/lib\n',
  });
  await expectGolden('go/workspace', go({ files: workspace, main: './svc' }).final);
});

test('has a debug target with a shell', async () => {
  const { debug } = go({ files });
  if (debug === undefined) throw new Error('There is no debug target.');
  await expectGolden('go/debug', debug.run('ls /'));
});

test('a distribution can run it too', () => {
  expect(toDockerfile(go({ files, runtime: slim() }).final)).toContain('USER 65532:65532');
});

test('the stages can be extended', () => {
  expect(toDockerfile(go({ files }).final.stopSignal('SIGINT'))).toContain('STOPSIGNAL SIGINT');
});

test.each([
  ['no go.mod', () => go({ files: memoryFiles({}) }), 'project-unsupported'],
  [
    'a runtime for another language',
    () => go({ files, runtime: distroless('nodejs24') }),
    'project-unsupported',
  ],
  ['C code on musl', () => go({ files, cgo: true, runtime: alpine() }), 'project-unsupported'],
  ['C code on nothing', () => go({ files, cgo: true, runtime: distroless('static') }), 'project-unsupported'],
  ['a question that nothing can ask', () => go({ files, healthcheck: { http: '/' } }), 'invalid-options'],
  ['an unknown option', () => go({ files, mian: '.' } as never), 'invalid-options'],
  ['a package the shell would read', () => go({ files, main: './app; reboot' }), 'invalid-options'],
  [
    'C code on another platform, with the classic builder',
    () => go({ files, cgo: true, cross: true, profile: 'classic' }),
    'unsupported-feature',
  ],
  ['musl without C code', () => go({ files, static: true }), 'invalid-options'],
  ['races with musl', () => go({ files, cgo: true, static: true, race: true }), 'invalid-options'],
  ['a package and files', () => go({ files, main: '.', sources: ['main.go'] }), 'invalid-options'],
  ['tests of single files', () => go({ files, sources: ['main.go'], tests: true }), 'invalid-options'],
  ['a file that is not there', () => go({ files, sources: ['other.go'] }), 'project-unsupported'],
  ['a file of another language', () => go({ files, sources: ['main.c'] }), 'invalid-options'],
  ['a version that is none', () => go({ files, version: 'latest' }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
