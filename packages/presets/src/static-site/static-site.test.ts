import { stage } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { staticSite } from './static-site.ts';

const files = memoryFiles({ 'public/index.html': '<!doctype html>' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`static-site/${profile}`, staticSite({ files, profile }).final, profile);
  },
);

test.each(['caddy', 'busybox'] as const)('serves with %s', async (server) => {
  await expectGolden(`static-site/${server}`, staticSite({ files, server, port: 9000 }).final);
});

test.each(['nginx', 'caddy'] as const)(
  '%s sends headers, and files that were compressed before',
  async (server) => {
    const headers = { 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'self'" };
    await expectGolden(
      `static-site/${server}-headers`,
      staticSite({ files, server, headers, gzip: true }).final,
    );
  },
);

test('an image of the files alone', async () => {
  await expectGolden('static-site/files', staticSite({ files, server: 'files' }).final);
});

test('serves what another stage makes', async () => {
  const site = stage('docs').from('busybox:1.37').workdir('/docs').run('echo hello > index.html');
  const text = await expectGolden(
    'static-site/stage',
    staticSite({ source: { stage: site, path: '/docs' }, spa: false }).final,
  );
  expect(text).toContain('=404');
});

test.each([
  ['a directory that is not there', () => staticSite({ files, source: 'dist' }), 'project-unsupported'],
  [
    'a header that BusyBox has to send',
    () => staticSite({ files, server: 'busybox', headers: { 'X-A': 'b' } }),
    'invalid-options',
  ],
  [
    'compressed files that nobody sends',
    () => staticSite({ files, server: 'files', gzip: true }),
    'invalid-options',
  ],
  [
    'a header with two lines',
    () => staticSite({ files, headers: { 'X-A': 'b\nX-B: c' } }),
    'invalid-options',
  ],
  ['a variable of nginx', () => staticSite({ files, headers: { 'X-A': '$uri' } }), 'invalid-options'],
  ['an unknown server', () => staticSite({ files, server: 'apache' as never }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
