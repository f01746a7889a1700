import { toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine, slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { node } from './node.ts';
import type { NodeOptions } from './options.ts';

const manifest = JSON.stringify({ main: 'dist/server.js', scripts: { build: 'tsc' } });
const npm = { 'package.json': manifest, 'package-lock.json': '{}' };
const files = memoryFiles(npm);
const plain = memoryFiles({ 'package.json': '{}', 'package-lock.json': '{}', 'src/index.js': '' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    const { final } = node({ files, profile, port: 3000, healthcheck: { http: '/healthz' } });
    await expectGolden(`node/${profile}`, final, profile);
  },
);

test.each([
  [
    'pnpm',
    { 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '' },
    { packageManager: 'pnpm@11.28.11+sha512.abc' },
  ],
  ['yarn', { 'yarn.lock': '# yarn lockfile v1\n' }, {}],
  [
    'yarn-berry',
    { 'yarn.lock': '__metadata:\n', '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    { packageManager: 'yarn@4.5.1' },
  ],
  ['bun', { 'bun.lock': '' }, {}],
])('installs with %s', async (name, lock, more) => {
  const project = memoryFiles({
    'package.json': JSON.stringify({ ...JSON.parse(manifest), ...more }),
    ...lock,
  });
  await expectGolden(`node/${name}`, node({ files: project }).final);
});

test('a project without a build step is copied', async () => {
  await expectGolden(
    'node/plain',
    node({ files: plain, entry: 'src/index.js', flags: ['--enable-source-maps'] }).final,
  );
});

test('credentials come as a secret', async () => {
  await expectGolden('node/npmrc', node({ files, npmrc: 'npmrc' }).final);
});

test('the builder has the C library of the runtime', async () => {
  const runtime = alpine('node:24-alpine', {
    language: 'node',
    interpreter: '/usr/local/bin/node',
    uid: 1000,
  });
  expect(await expectGolden('node/alpine', node({ files, runtime }).final)).toContain(
    'node:${NODE_VERSION}-alpine',
  );
});

test('a slim image runs it as its numeric user', async () => {
  const runtime = slim('node:24-trixie-slim', { language: 'node' });
  expect(await expectGolden('node/slim', node({ files, runtime }).final)).toContain('USER 1000:1000');
});

const shop = {
  'package.json': '{"packageManager":"pnpm@10.34.9"}',
  'pnpm-lock.yaml': '',
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - services/*\n',
  'packages/log/package.json': '{"name":"@shop/log"}',
  'services/api/package.json':
    '{"name":"api","main":"dist/server.js","dependencies":{"@shop/log":"workspace:*"}}',
};

test.each(['buildkit', 'classic'] as const)(
  'one service of a pnpm workspace, for the %s profile',
  async (profile) => {
    const { final } = node({ files: memoryFiles(shop), service: 'api', profile });
    await expectGolden(`node/workspace-${profile}`, final, profile);
  },
);

const npmShop = {
  'package.json': '{"workspaces":["packages/*","services/*"]}',
  'package-lock.json': '{}',
  'packages/log/package.json': '{"name":"@shop/log","scripts":{"build":"tsc"}}',
  'services/api/package.json':
    '{"name":"api","main":"dist/server.js","scripts":{"build":"tsc","test":"node --test"},"dependencies":{"@shop/log":"*"}}',
  'services/web/package.json': '{"name":"web"}',
};
const { 'package-lock.json': _, ...lockless } = npmShop;
const yarnShop = {
  ...lockless,
  'yarn.lock': '__metadata:\n',
  '.yarnrc.yml': 'nodeLinker: node-modules\n',
};

test.each<[string, Readonly<Record<string, string>>, NodeOptions<'no-shell'>]>([
  ['npm', npmShop, {}],
  ['npm-classic', npmShop, { profile: 'classic' }],
  ['npm-tests', npmShop, { tests: 'required', ignoreScripts: true }],
  ['yarn', yarnShop, { tests: 'required', ignoreScripts: true }],
])('one service of a workspace with one node_modules: %s', async (name, project, options) => {
  const { final } = node({ files: memoryFiles(project), service: 'api', ...options });
  await expectGolden(`node/shared-${name}`, final, options.profile);
});

const pnpmProject = { 'package.json': manifest, 'pnpm-lock.yaml': '' };

test.each<[string, Readonly<Record<string, string>>, NodeOptions<'no-shell'>]>([
  ['prune', npm, { production: 'prune' }],
  ['prune-pnpm', { ...npm, ...pnpmProject }, { production: 'prune', packageManager: 'pnpm' }],
  ['bundle', npm, { production: 'bundle' }],
  ['native', npm, { nativeModules: true }],
  ['no-scripts', npm, { ignoreScripts: true }],
])('prints a Dockerfile with %s', async (name, project, options) => {
  await expectGolden(`node/${name}`, node({ files: memoryFiles(project), ...options }).final);
});

test('native modules are compiled with the packages of Alpine where musl is wanted', async () => {
  const runtime = alpine('node:24-alpine', { language: 'node', interpreter: '/usr/local/bin/node' });
  expect(toDockerfile(node({ files, runtime, nativeModules: true }).final)).toContain(
    'RUN apk add --no-cache g++ make python3',
  );
});

test('a bundle has no stage for packages', () => {
  expect(node({ files, production: 'bundle' }).dependencies).toBeUndefined();
});

test('one service of a pnpm workspace runs no scripts of packages either', () => {
  const text = toDockerfile(node({ files: memoryFiles(shop), service: 'api', ignoreScripts: true }).final);
  expect(text).toContain('pnpm install --frozen-lockfile --store-dir /pnpm/store --ignore-scripts');
  expect(text).toContain('pnpm --config.store-dir=/pnpm/store --config.ignore-scripts=true --filter');
});

test('has its stages at hand', () => {
  const { build, debug, dependencies } = node({ files });
  expect([build, debug, dependencies].every((stage) => stage !== undefined)).toBe(true);
});

test.each([
  [
    'one service of a workspace of Bun',
    () => node({ files: memoryFiles({ ...lockless, 'bun.lock': '' }), service: 'api' }),
    'project-unsupported',
  ],
  [
    'a package that the shell would read',
    () =>
      node({
        files: memoryFiles({ ...npmShop, 'services/api/package.json': '{"name":"$(id)"}' }),
        service: 'services/api',
      }),
    'project-unsupported',
  ],
  [
    'another way to install one service',
    () => node({ files: memoryFiles(shop), service: 'api', production: 'prune' }),
    'invalid-options',
  ],
  ['a lockfile that is not there', () => node({ files, packageManager: 'pnpm' }), 'project-unsupported'],
  [
    'to take away what Bun installed',
    () => node({ files: memoryFiles({ 'package.json': manifest, 'bun.lock': '' }), production: 'prune' }),
    'project-unsupported',
  ],
  ['a bundle that nothing makes', () => node({ files: plain, production: 'bundle' }), 'project-unsupported'],
  ['no package.json', () => node({ files: memoryFiles({}) }), 'project-unsupported'],
  ['no lockfile', () => node({ files: memoryFiles({ 'package.json': '{}' }) }), 'project-unsupported'],
  ['a script that is not there', () => node({ files, build: 'compile' }), 'project-unsupported'],
  [
    "Plug'n'Play",
    () => node({ files: memoryFiles({ 'package.json': '{}', 'yarn.lock': '__metadata:' }) }),
    'project-unsupported',
  ],
  ['another version than the runtime has', () => node({ files, version: '22' }), 'project-unsupported'],
  ['a runtime for Python', () => node({ files, runtime: distroless('python3') }), 'project-unsupported'],
  ['an entry that is not there', () => node({ files: plain, entry: 'lib/a.js' }), 'project-unsupported'],
  ['a secret on classic', () => node({ files, npmrc: 'npmrc', profile: 'classic' }), 'unsupported-feature'],
  ['a flag that is none', () => node({ files, flags: ['x'] }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
