import { test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { node } from '../node/node.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { staticSite } from '../static-site/static-site.ts';
import { nextjs } from './nextjs.ts';

const project = {
  'package.json': '{}',
  'package-lock.json': '{}',
  'next.config.mjs': "export default { output: 'standalone' };\n",
  'public/logo.svg': '',
};
const files = memoryFiles(project);
const exported = memoryFiles({
  ...project,
  'package.json': '{"scripts":{"build":"next build"}}',
  'next.config.mjs': "export default { output: 'export' };\n",
});

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`nextjs/${profile}`, nextjs({ files, profile }).final, profile);
  },
);

test('the cache of the build is kept where that is wanted', async () => {
  await expectGolden('nextjs/build-cache', nextjs({ files, buildCache: true }).final);
});

test('exported pages are served as files', async () => {
  const { build } = node({ files: exported, production: 'bundle', outputs: ['out'] });
  const { final } = staticSite({ source: { stage: build, path: '/out/app/out' }, spa: false });
  await expectGolden('nextjs/export', final);
});

test.each([
  ['no configuration', () => nextjs({ files: memoryFiles({ 'package.json': '{}' }) }), 'project-unsupported'],
  [
    'another output',
    () => nextjs({ files: memoryFiles({ ...project, 'next.config.mjs': '' }) }),
    'project-unsupported',
  ],
  ['an export', () => nextjs({ files: exported }), 'project-unsupported'],
  [
    'a cache without cache mounts',
    () => nextjs({ files, buildCache: true, profile: 'classic' }),
    'invalid-options',
  ],
  ['a runtime without Node.js', () => nextjs({ files, runtime: slim() }), 'project-unsupported'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
