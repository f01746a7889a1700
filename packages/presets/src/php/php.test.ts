import { toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { node } from '../node/node.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { php } from './php.ts';

const files = memoryFiles({ 'composer.json': '{}', 'composer.lock': '{}' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(
      `php/${profile}`,
      php({ files, profile, extensions: ['pdo_mysql', 'intl'] }).final,
      profile,
    );
  },
);

test('runs a command', async () => {
  await expectGolden('php/cli', php({ files, sapi: 'cli', args: ['bin/worker.php'] }).final);
});

const site = memoryFiles({ 'composer.json': '{}', 'composer.lock': '{}', 'public/index.php': '' });

test.each(['apache', 'frankenphp'] as const)('serves with %s', async (sapi) => {
  await expectGolden(`php/${sapi}`, php({ files: site, sapi }).final);
});

test('another document root, another port, no opcache', async () => {
  const { final } = php({ files, sapi: 'frankenphp', documentRoot: 'web', port: 9090, opcache: false });
  await expectGolden('php/document-root', final);
});

test('files of another stage come into the document root', async () => {
  const { build } = node({
    files: memoryFiles({ 'package.json': '{"scripts":{"build":"vite build"}}', 'package-lock.json': '{}' }),
    production: 'bundle',
    outputs: ['public/build'],
  });
  const { final } = php({ files: site, assets: { stage: build, path: '/out/app/public' } });
  await expectGolden('php/assets', final);
});

test('PHP 8.5 has opcache', () => {
  expect(toDockerfile(php({ files, version: '8.5' }).final)).not.toContain('install-php-extensions');
});

test.each([
  ['a document root the shell would read', () => php({ files, documentRoot: 'a;b' }), 'invalid-options'],
  ['no lockfile', () => php({ files: memoryFiles({ 'composer.json': '{}' }) }), 'project-unsupported'],
  ['an extension the shell would read', () => php({ files, extensions: ['a;b'] }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
