import { test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { type DotnetOptions, dotnet } from './dotnet.ts';

const files = memoryFiles({ 'Api.csproj': '<Project/>', 'Directory.Packages.props': '<Project/>' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`dotnet/${profile}`, dotnet({ files, profile }).final, profile);
  },
);

test.each<[string, DotnetOptions<'no-shell'>]>([
  ['trimmed', { publish: 'trimmed', globalization: true }],
  ['aot', { publish: 'aot' }],
  ['nuget', { nugetConfig: 'nugetconfig' }],
])('prints a Dockerfile with %s', async (name, options) => {
  await expectGolden(`dotnet/${name}`, dotnet({ files, ...options }).final);
});

test.each([
  ['no project file', () => dotnet({ files: memoryFiles({}) }), 'project-unsupported'],
  [
    'two project files',
    () => dotnet({ files: memoryFiles({ 'A.csproj': '', 'B.fsproj': '' }) }),
    'project-unsupported',
  ],
  [
    'a secret on classic',
    () => dotnet({ files, nugetConfig: 'n', profile: 'classic' }),
    'unsupported-feature',
  ],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
