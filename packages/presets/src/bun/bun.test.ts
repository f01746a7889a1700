import { test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { bun } from './bun.ts';

const files = memoryFiles({ 'package.json': '{}', 'bun.lock': '' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`bun/${profile}`, bun({ files, profile, port: 3000 }).final, profile);
  },
);

test.each([
  ['no lockfile', () => bun({ files: memoryFiles({ 'package.json': '{}' }) }), 'project-unsupported'],
  ['a musl runtime', () => bun({ files, runtime: alpine() }), 'project-unsupported'],
  ['a runtime for Node.js', () => bun({ files, runtime: distroless('nodejs24') }), 'project-unsupported'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
