import { test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { nextjs } from './nextjs.ts';

const project = {
  'package.json': '{}',
  'package-lock.json': '{}',
  'next.config.mjs': "export default { output: 'standalone' };\n",
  'public/logo.svg': '',
};
const files = memoryFiles(project);

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`nextjs/${profile}`, nextjs({ files, profile }).final, profile);
  },
);

test.each([
  ['no configuration', () => nextjs({ files: memoryFiles({ 'package.json': '{}' }) }), 'project-unsupported'],
  [
    'another output',
    () => nextjs({ files: memoryFiles({ ...project, 'next.config.mjs': '' }) }),
    'project-unsupported',
  ],
  ['a runtime without Node.js', () => nextjs({ files, runtime: slim() }), 'project-unsupported'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
