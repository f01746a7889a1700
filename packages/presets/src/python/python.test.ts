import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { alpine, slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import type { PythonOptions } from './options.ts';
import { python } from './python.ts';

const project = { 'src/main.py': '', 'main.py': '', 'app.py': '' };
const files = memoryFiles({ ...project, 'requirements.txt': '' });
const debian = slim('python:3.13-slim-trixie', { language: 'python' });

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    const { final } = python({ files, profile, module: 'src.main', port: 8000, healthcheck: { http: '/' } });
    await expectGolden(`python/${profile}`, final, profile);
  },
);

test.each<[string, PythonOptions<'no-shell'>]>([
  ['uv', { script: 'main.py', files: memoryFiles({ ...project, 'uv.lock': '', 'pyproject.toml': '' }) }],
  [
    'poetry',
    { script: 'main.py', files: memoryFiles({ ...project, 'poetry.lock': '', 'pyproject.toml': '' }) },
  ],
  ['binary-only', { script: 'main.py', onlyBinary: true, runtimePackages: ['libpq5'], compile: false }],
  [
    'binary-only-uv',
    {
      script: 'main.py',
      onlyBinary: true,
      files: memoryFiles({ ...project, 'uv.lock': '', 'pyproject.toml': '' }),
    },
  ],
  [
    'binary-only-poetry',
    {
      script: 'main.py',
      onlyBinary: true,
      files: memoryFiles({ ...project, 'poetry.lock': '', 'pyproject.toml': '' }),
    },
  ],
  ['asgi', { asgi: 'app:app', packages: ['libpq-dev', 'gcc'], hashes: true }],
])('prints a Dockerfile with %s', async (name, options) => {
  await expectGolden(`python/${name}`, python({ files, ...options }).final);
});

test('a slim image runs it as a numeric user', async () => {
  const text = await expectGolden('python/slim', python({ files, script: 'main.py', runtime: debian }).final);
  expect(text).toContain('USER 65532:65532');
});

test('has a debug target with a shell', () => {
  expect(python({ files, script: 'main.py' }).debug).toBeDefined();
});

test.each([
  [
    'no requirements',
    () => python({ files: memoryFiles(project), script: 'main.py' }),
    'project-unsupported',
  ],
  ['nothing to run', () => python({ files }), 'invalid-options'],
  ['two things to run', () => python({ files, module: 'app', script: 'main.py' }), 'invalid-options'],
  ['sources that are not there', () => python({ files, script: 'other.py' }), 'project-unsupported'],
  [
    'another version than the runtime has',
    () => python({ files, script: 'main.py', version: '3.12' }),
    'project-unsupported',
  ],
  [
    'a musl runtime',
    () => python({ files, script: 'main.py', runtime: alpine('python:3.13-alpine', { language: 'python' }) }),
    'project-unsupported',
  ],
  [
    'a runtime for Node.js',
    () => python({ files, script: 'main.py', runtime: distroless('nodejs24') }),
    'project-unsupported',
  ],
  [
    'packages of another release',
    () =>
      python({
        files,
        script: 'main.py',
        runtimePackages: ['libpq5'],
        runtime: slim('python:3.13-slim-bookworm', { language: 'python' }),
      }),
    'project-unsupported',
  ],
  ['a module the shell would read', () => python({ files, module: 'a;b' }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
