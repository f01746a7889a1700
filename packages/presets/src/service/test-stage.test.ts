import { type Profile, type Stage, toDockerfile } from '@stagecraft/core';
import { describe, expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import {
  bun,
  cpp,
  deno,
  dotnet,
  elixir,
  go,
  java,
  memoryFiles,
  nextjs,
  node,
  php,
  python,
  ruby,
  rust,
} from '../index.ts';

interface Tested {
  readonly test?: Stage<'shell'>;
  readonly final: Stage;
}

interface Options {
  readonly profile?: Profile;
  readonly tests?: boolean | 'required';
  readonly testCommand?: string;
}

const tested = JSON.stringify({ scripts: { build: 'tsc', test: 'node --test' } });
const packages = { 'package.json': tested, 'package-lock.json': '{}' };
const shop = {
  'package.json': '{}',
  'pnpm-lock.yaml': '',
  'pnpm-workspace.yaml': 'packages: [services/*]\n',
  'services/api/package.json': JSON.stringify({ name: 'api', scripts: { test: 'node --test' } }),
};

/** Every preset that has tests, on the smallest project. */
const presets: Readonly<Record<string, (options: Options) => Tested>> = {
  bun: (options) => bun({ files: memoryFiles({ 'package.json': '{}', 'bun.lock': '' }), ...options }),
  cpp: (options) => cpp({ files: memoryFiles({ 'CMakeLists.txt': '' }), binary: 'server', ...options }),
  deno: (options) => deno({ files: memoryFiles({ 'deno.json': '{}', 'deno.lock': '' }), ...options }),
  dotnet: (options) => dotnet({ files: memoryFiles({ 'Api.csproj': '<Project/>' }), ...options }),
  elixir: (options) =>
    elixir({
      files: memoryFiles({ 'mix.exs': '', 'mix.lock': '', 'lib/a.ex': '' }),
      app: 'shop',
      ...options,
    }),
  go: (options) => go({ files: memoryFiles({ 'go.mod': '', 'go.sum': '' }), ...options }),
  java: (options) => java({ files: memoryFiles({ 'pom.xml': '<project/>' }), ...options }),
  nextjs: (options) =>
    nextjs({ files: memoryFiles({ ...packages, 'next.config.ts': "output: 'standalone'" }), ...options }),
  node: (options) => node({ files: memoryFiles(packages), ...options }),
  php: (options) => php({ files: memoryFiles({ 'composer.json': '{}', 'composer.lock': '{}' }), ...options }),
  python: (options) =>
    python({
      files: memoryFiles({ 'requirements.txt': '', 'main.py': '' }),
      script: 'main.py',
      ...options,
    }),
  ruby: (options) => ruby({ files: memoryFiles({ Gemfile: '', 'Gemfile.lock': '' }), ...options }),
  rust: (options) =>
    rust({
      files: memoryFiles({ 'Cargo.toml': '[package]\nname = "server"\n', 'Cargo.lock': '' }),
      ...options,
    }),
};

describe.each(Object.entries(presets))('the tests of %s', (name, preset) => {
  test('are required by the image when it says so', async () => {
    const { final } = preset({ tests: 'required' });
    const text = await expectGolden(`${name}/tests`, final);
    expect(text).toContain(' AS test\n');
    expect(text.split('\n\n').at(-1)).toContain('--from=test ');
  });

  test('can be required on the classic builder too', async () => {
    await expectGolden(
      `${name}/tests-classic`,
      preset({ tests: 'required', profile: 'classic' }).final,
      'classic',
    );
  });

  test('are a target of their own when they are only asked for', () => {
    const { final, test: target } = preset({ tests: true });
    expect(toDockerfile(final, { profile: 'buildkit' })).toBe(
      toDockerfile(preset({}).final, { profile: 'buildkit' }),
    );
    expect(target && toDockerfile(target, { profile: 'buildkit' })).toContain(' AS test\n');
    expect(preset({}).test).toBeUndefined();
  });

  test('run with the command that is given', () => {
    const { test: target } = preset({ tests: true, testCommand: 'make tests' });
    expect(target && toDockerfile(target, { profile: 'buildkit' })).toMatch(/make tests\n$/u);
  });
});

test('one service of a workspace runs its own tests', async () => {
  const { final } = node({ files: memoryFiles(shop), service: 'services/api', tests: 'required' });
  expect(await expectGolden('node/tests-workspace', final)).toContain('pnpm --filter "api" run test');
});

test('a package without a script for them is refused', () => {
  const files = memoryFiles({ 'package.json': '{}', 'package-lock.json': '{}', 'src/index.js': '' });
  expect(
    expectRefusal(() => node({ files, tests: true, entry: 'src/index.js' }), 'project-unsupported'),
  ).toContain('"test"');
  expectRefusal(() => node({ files, tests: 'always' as never }), 'invalid-options');
});
