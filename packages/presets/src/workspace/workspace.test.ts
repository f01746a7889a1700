import { isStagecraftError } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { workspace } from './workspace.ts';

const json = (value: unknown): string => JSON.stringify(value);
const node = {
  'package.json': json({ name: 'root', workspaces: ['packages/*', 'services/**', '!services/old'] }),
  'packages/log/package.json': json({ name: '@acme/log' }),
  'packages/ui/package.json': json({ name: '@acme/ui' }),
  'services/api/package.json': json({
    name: 'api',
    dependencies: { '@acme/db': '*', express: '5' },
    devDependencies: { '@acme/log': '*' },
  }),
  'services/old/package.json': json({ name: 'old' }),
  'services/tools/db/package.json': json({ name: '@acme/db', dependencies: { '@acme/log': '*', api: '*' } }),
  'services/api/node_modules/x/package.json': json({ name: 'x' }),
};

test('npm: the closure with its dependencies first, and the manifest of every member', () => {
  const files = memoryFiles({ ...node, 'package-lock.json': '{}', '.npmrc': 'engine-strict=true\n' });
  const found = workspace('api', { files });
  expect(found).toMatchObject({ tool: 'npm', name: 'api', directory: 'services/api' });
  expect(found.sources).toEqual(['packages/log', 'services/tools/db', 'services/api']);
  expect(found.manifests).toEqual([
    '.npmrc',
    'package-lock.json',
    'package.json',
    'packages/log/package.json',
    'packages/ui/package.json',
    'services/api/package.json',
    'services/tools/db/package.json',
  ]);
});

test('pnpm: the manifests of the closure only, and settings without credentials', () => {
  const files = memoryFiles({
    ...node,
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - services/**\n',
    'pnpm-lock.yaml': '',
    '.npmrc': '//registry.example.com/:_authToken=abc\n',
  });
  expect(workspace('./services/tools/db/', { files }).manifests).toEqual([
    'package.json',
    'packages/log/package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'services/api/package.json',
    'services/tools/db/package.json',
  ]);
});

test.each([
  ['yarn', 'yarn.lock'],
  ['bun', 'bun.lock'],
])('%s is known by its lockfile', (tool, lockfile) => {
  expect(workspace('api', { files: memoryFiles({ ...node, [lockfile]: '' }) }).tool).toBe(tool);
});

test('go.work: modules that require each other', () => {
  const files = memoryFiles({
    'go.work': 'go 1.26\n\nuse (\n\t./svc/a // the service\n\t"./lib/b"\n)\nuse ./lib/c\n',
    'go.work.sum': '',
    'svc/a/go.mod':
      'module example.com/a\n\nrequire (\n\texample.com/b v0.0.0\n\tgolang.org/x/text v0.3.0\n)\n',
    'svc/a/go.sum': '',
    'lib/b/go.mod': 'module example.com/b\n',
    'lib/c/go.mod': 'module example.com/c\n',
  });
  const found = workspace('example.com/a', { files });
  expect(found.sources).toEqual(['lib/b', 'svc/a']);
  expect(found.manifests).toEqual([
    'go.work',
    'go.work.sum',
    'lib/b/go.mod',
    'lib/c/go.mod',
    'svc/a/go.mod',
    'svc/a/go.sum',
  ]);
});

test('Cargo: paths, inherited paths and paths of one target', () => {
  const files = memoryFiles({
    'Cargo.toml':
      '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n[workspace.dependencies]\ncore = { path = "crates/core" }\n',
    'Cargo.lock': '',
    'crates/core/Cargo.toml': '[package]\nname = "core"\n[dev-dependencies]\nserde = "1"\n',
    'crates/unix/Cargo.toml': '[package]\nname = "unix"\n',
    'crates/old/Cargo.toml': '[package]\nname = "old"\n',
    'crates/server/Cargo.toml':
      '[package]\nname = "server"\n[dependencies]\ncore = { workspace = true }\n[target.\'cfg(unix)\'.dependencies]\nunix = { path = "../unix" }\n',
  });
  const found = workspace('server', { files });
  expect(found.sources).toEqual(['crates/core', 'crates/unix', 'crates/server']);
  expect(found.manifests).not.toContain('crates/old/Cargo.toml');
});

test('Maven: modules of modules, by group and artifact', () => {
  const pom = (artifact: string, more = ''): string =>
    `<?xml version="1.0"?><project><parent><groupId>com.acme</groupId><artifactId>root</artifactId></parent><artifactId>${artifact}</artifactId>${more}</project>`;
  const files = memoryFiles({
    'pom.xml':
      '<project><groupId>com.acme</groupId><artifactId>root</artifactId><modules><module>libs</module><module>api</module></modules></project>',
    'libs/pom.xml': pom('libs', '<modules><module>log</module></modules>'),
    'libs/log/pom.xml': pom('log'),
    'api/pom.xml': pom(
      'api',
      '<dependencies><dependency><groupId>${project.groupId}</groupId><artifactId>log</artifactId></dependency><dependency><groupId>other</groupId><artifactId>libs</artifactId></dependency></dependencies>',
    ),
  });
  const found = workspace('api', { files });
  expect(found.sources).toEqual(['libs/log', 'api']);
  expect(found.manifests).toEqual(['api/pom.xml', 'libs/log/pom.xml', 'libs/pom.xml', 'pom.xml']);
});

test('Gradle: includes, moved projects and type-safe accessors', () => {
  const files = memoryFiles({
    'settings.gradle.kts':
      'rootProject.name = "acme"\ninclude(\n  ":service-api",\n  ":libs:log"\n)\ninclude(":db") // include(":no")\nproject(":db").projectDir = file("storage/db")\n',
    'build.gradle.kts': '',
    'gradle/libs.versions.toml': '',
    'service-api/build.gradle.kts':
      'dependencies {\n  implementation(projects.libs.log)\n  runtimeOnly(project(":db"))\n}\n',
    'libs/log/build.gradle.kts': '',
    'storage/db/build.gradle.kts': '',
  });
  const found = workspace(':service-api', { files });
  expect(found.sources).toEqual(['storage/db', 'libs/log', 'service-api']);
  expect(found.manifests).toContain('gradle');
});

test('.NET: project references with backslashes', () => {
  const files = memoryFiles({
    'src/Api/Api.csproj':
      '<Project><ItemGroup><ProjectReference Include="..\\Log\\Log.csproj" /></ItemGroup></Project>',
    'src/Log/Log.csproj': '<Project />',
    'src/Web/Web.csproj': '<Project />',
    'Directory.Packages.props': '<Project />',
  });
  const found = workspace('Api', { files });
  expect(found.sources).toEqual(['src/Log', 'src/Api']);
  expect(found.manifests).toEqual(['Directory.Packages.props', 'src/Api/Api.csproj', 'src/Log/Log.csproj']);
});

test('uv: requirements by normalized name, also of dependency groups', () => {
  const files = memoryFiles({
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
    'uv.lock': '',
    'packages/acme-log/pyproject.toml': '[project]\nname = "Acme_Log"\n',
    'packages/test-kit/pyproject.toml': '[project]\nname = "test.kit"\n',
    'packages/api/pyproject.toml':
      '[project]\nname = "api"\ndependencies = ["acme-log[json]>=1", "httpx"]\n[dependency-groups]\ndev = ["test-kit", {include-group = "lint"}]\n',
  });
  expect(workspace('api', { files }).sources).toEqual([
    'packages/acme-log',
    'packages/test-kit',
    'packages/api',
  ]);
});

test('the ignore file lets in what is read and keeps what tools make', () => {
  const files = memoryFiles({ ...node, 'package-lock.json': '{}' });
  expect(workspace('@acme/log', { files }).ignore).toBe(
    [
      '# What @acme/log needs, and nothing else.',
      '*',
      '!package-lock.json',
      '!package.json',
      '!packages/log',
      '!packages/log/package.json',
      '!packages/ui/package.json',
      '!services/api/package.json',
      '!services/tools/db/package.json',
      '**/.git',
      '**/node_modules',
      '',
    ].join('\n'),
  );
});

test.each([
  ['no workspace', {}, 'api', 'The project is no workspace.'],
  ['no such member', node, 'apii', 'The npm workspace has no member "apii".'],
  [
    'two tools',
    { ...node, 'go.work': 'use ./a\n' },
    'api',
    'The project has several workspaces: "npm", "go".',
  ],
  ['a broken manifest', { 'package.json': '{' }, 'api', '"package.json" can\'t be read as a manifest.'],
])('%s is refused with what to do', (_name, project, service, message) => {
  try {
    workspace(service, { files: memoryFiles(project) });
  } catch (error) {
    expect(isStagecraftError(error) && { code: error.code, message: error.message }).toEqual({
      code: 'project-unsupported',
      message,
    });
    expect(isStagecraftError(error) && error.hint).toBeTruthy();
    return;
  }
  throw new Error('Nothing was thrown.');
});
