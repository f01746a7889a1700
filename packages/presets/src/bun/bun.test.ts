import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine, slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { bun } from './bun.ts';

const files = memoryFiles({ 'package.json': '{}', 'bun.lock': '' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`bun/${profile}`, bun({ files, profile, port: 3000 }).final, profile);
  },
);

test('Bun runs the sources on a runtime that has it', async () => {
  const runtime = slim('oven/bun:1.4-slim', { language: 'bun', uid: 1000 });
  const project = memoryFiles({ 'package.json': '{}', 'bun.lock': '', 'src/index.ts': '' });
  const { final } = bun({ files: project, runtime, port: 3000, healthcheck: { http: '/healthz' } });
  expect(await expectGolden('bun/interpreted', final)).toContain('ENTRYPOINT ["bun"]');
});

test.each([
  ['no lockfile', () => bun({ files: memoryFiles({ 'package.json': '{}' }) }), 'project-unsupported'],
  ['a musl runtime', () => bun({ files, runtime: alpine() }), 'project-unsupported'],
  ['a runtime for Node.js', () => bun({ files, runtime: distroless('nodejs24') }), 'project-unsupported'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
