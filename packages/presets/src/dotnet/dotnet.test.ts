import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { dotnet } from './dotnet.ts';
import type { DotnetOptions } from './options.ts';

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
  ['noble', { os: 'noble', globalization: true }],
  ['alpine', { os: 'alpine', publish: 'trimmed', globalization: true }],
] as const)('prints a Dockerfile for %s', async (name, options) => {
  const { final } = dotnet({ files, ...options });
  expect(await expectGolden(`dotnet/${name}`, final.run('id'))).toContain('USER 1654');
});

test.each([
  ['azurelinux', { os: 'azurelinux-distroless', composite: true, globalization: true }],
  ['composite', { composite: true }],
] as const)('prints a Dockerfile for %s', async (name, options) => {
  await expectGolden(`dotnet/${name}`, dotnet({ files, ...options }).final);
});

test.each([
  [
    'a composite image of machine code',
    () => dotnet({ files, composite: true, publish: 'aot' }),
    'invalid-options',
  ],
  ['a composite image of noble', () => dotnet({ files, composite: true, os: 'noble' }), 'invalid-options'],
  [
    "cultures in Alpine's runtime",
    () => dotnet({ files, globalization: true, os: 'alpine' }),
    'invalid-options',
  ],
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
