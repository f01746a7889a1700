import { test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { ruby } from './ruby.ts';

const gems = { Gemfile: '', 'Gemfile.lock': '' };
const rails = memoryFiles({ ...gems, 'bin/rails': '', 'app/assets/a.css': '' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    const { final } = ruby({ files: rails, profile, packages: ['libpq5'], args: ['bin/rails', 'server'] });
    await expectGolden(`ruby/${profile}`, final, profile);
  },
);

test('an application without Rails', async () => {
  await expectGolden(
    'ruby/plain',
    ruby({ files: memoryFiles(gems), args: ['ruby', 'app.rb'], port: 4567 }).final,
  );
});

test('an allocator and groups of its own', async () => {
  const { final } = ruby({
    files: rails,
    jemalloc: false,
    without: ['development', 'ci'],
    args: ['bin/rails', 's'],
  });
  await expectGolden('ruby/groups', final);
});

test.each([
  ['a group the shell would read', () => ruby({ files: rails, without: ['a b'] }), 'invalid-options'],
  ['no lockfile', () => ruby({ files: memoryFiles({ Gemfile: '' }) }), 'project-unsupported'],
  ['a package the shell would read', () => ruby({ files: rails, packages: ['a;b'] }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
