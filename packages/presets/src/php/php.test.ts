import { test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
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

test.each([
  ['no lockfile', () => php({ files: memoryFiles({ 'composer.json': '{}' }) }), 'project-unsupported'],
  ['an extension the shell would read', () => php({ files, extensions: ['a;b'] }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
