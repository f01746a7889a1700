import { test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { elixir } from './elixir.ts';

const project = { 'mix.exs': '', 'mix.lock': '', 'lib/shop.ex': '' };
const phoenix = memoryFiles({
  ...project,
  'config/config.exs': '',
  'config/prod.exs': '',
  'config/runtime.exs': '',
  'assets/app.js': '',
  'priv/a': '',
});

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`elixir/${profile}`, elixir({ files: phoenix, profile, app: 'shop' }).final, profile);
  },
);

test('an application without Phoenix', async () => {
  await expectGolden(
    'elixir/plain',
    elixir({ files: memoryFiles(project), app: 'shop', packages: ['openssl'] }).final,
  );
});

test.each([
  [
    'no lockfile',
    () => elixir({ files: memoryFiles({ 'mix.exs': '' }), app: 'shop' }),
    'project-unsupported',
  ],
  ['a release the shell would read', () => elixir({ files: phoenix, app: 'a;b' }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
