// Needs base images: golang:1.26-trixie, nginxinc/nginx-unprivileged:1.30-alpine, node:24-trixie-slim, gcr.io/distroless/nodejs24-debian13:nonroot, python:3.13-slim-trixie, gcr.io/distroless/python3-debian13:nonroot, maven:3.9-eclipse-temurin-21, eclipse-temurin:21-jdk, gcr.io/distroless/java-base-debian13:nonroot, rust:1.85-trixie, gcc:14-trixie, gcr.io/distroless/cc-debian13:nonroot, gcr.io/distroless/static-debian13:nonroot
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Stage } from '@stagecraft/core';
import { build } from '@stagecraft/core/build';
import { classic, docker } from '@stagecraft/core/engines';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBases } from '../../../scripts/bases.mjs';
import { npmrcForBuilds } from '../../../scripts/host-network.mjs';
import {
  cpp,
  distroless,
  go,
  java,
  memoryFiles,
  node,
  type ProjectFiles,
  python,
  rust,
  scratch,
  staticSite,
} from '../src/index.ts';
import { projects } from './services/projects.ts';

const run = promisify(execFile);
const name = `stagecraft-services-${randomBytes(4).toString('hex')}`;
const megabyte = 1_000_000;
const common = { port: 8080 } as const;
const fast = { interval: '1s', startPeriod: '30s' } as const;

interface Service {
  readonly language: keyof typeof projects;
  readonly final: () => Stage;
  /** Megabytes. */
  readonly largest: number;
  readonly isHealthChecked?: boolean;
}

// Debian's Maven repository has no plugins for the phases that nobody runs, so they can't be fetched ahead.
const services: readonly (readonly [string, Service])[] = [
  [
    'go-scratch',
    {
      language: 'go',
      final: () => go({ ...common, files: memoryFiles(projects.go), runtime: scratch() }).final,
      largest: 1.4,
    },
  ],
  [
    'go-distroless',
    { language: 'go', final: () => go({ ...common, files: memoryFiles(projects.go) }).final, largest: 3.5 },
  ],
  [
    'static-site',
    {
      language: 'site',
      final: () =>
        staticSite({
          files: memoryFiles(projects.site),
          headers: { 'X-Content-Type-Options': 'nosniff' },
          gzip: true,
        }).final,
      largest: 90,
    },
  ],
  [
    'node',
    {
      language: 'node',
      final: () =>
        node({
          ...common,
          files: memoryFiles(projects.node),
          npmrc: 'npmrc',
          healthcheck: { http: '/', ...fast },
        }).final,
      largest: 160,
      isHealthChecked: true,
    },
  ],
  [
    'pnpm-workspace',
    {
      language: 'shop',
      final: () =>
        node({ ...common, files: memoryFiles(projects.shop), service: 'services/api', npmrc: 'npmrc' }).final,
      largest: 160,
    },
  ],
  [
    'npm-workspace',
    {
      language: 'market',
      final: () => node({ ...common, files: memoryFiles(projects.market), service: 'services/api' }).final,
      largest: 160,
    },
  ],
  [
    'python',
    {
      language: 'python',
      final: () =>
        python({
          ...common,
          files: memoryFiles(projects.python),
          module: 'app.main',
          healthcheck: { http: '/', ...fast },
        }).final,
      largest: 60,
      isHealthChecked: true,
    },
  ],
  [
    'java-jlink',
    {
      language: 'java',
      final: () =>
        java({ ...common, files: memoryFiles(projects.java), jlink: true, fetchFirst: false }).final,
      largest: 67,
    },
  ],
  [
    'rust-static',
    {
      language: 'rust',
      final: () =>
        rust({
          ...common,
          files: memoryFiles(projects.rust),
          version: '1.85',
          link: 'static',
          runtime: distroless('static'),
        }).final,
      largest: 3.5,
    },
  ],
  [
    'cpp',
    {
      language: 'cpp',
      final: () => cpp({ ...common, files: memoryFiles(projects.cpp), binary: 'hello', packages: [] }).final,
      largest: 30,
    },
  ],
];

beforeAll(async () => {
  await ensureBases([
    'golang:1.26-trixie',
    'nginxinc/nginx-unprivileged:1.30-alpine',
    'node:24-trixie-slim',
    'gcr.io/distroless/nodejs24-debian13:nonroot',
    'python:3.13-slim-trixie',
    'gcr.io/distroless/python3-debian13:nonroot',
    'maven:3.9-eclipse-temurin-21',
    'eclipse-temurin:21-jdk',
    'gcr.io/distroless/java-base-debian13:nonroot',
    'rust:1.85-trixie',
    'gcc:14-trixie',
    'gcr.io/distroless/cc-debian13:nonroot',
    'gcr.io/distroless/static-debian13:nonroot',
  ]);
}, 600_000);

afterAll(async () => {
  const { stdout } = await run('docker', ['ps', '--all', '--quiet', '--filter', `name=${name}`]);
  const containers = lines(stdout);
  if (containers.length > 0) await run('docker', ['rm', '--force', ...containers]);
  const images = lines(
    (await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}', name])).stdout,
  );
  if (images.length > 0) await run('docker', ['rmi', '--force', ...images]);
});

describe.each(services)('a %s service on a real daemon', (kind, service) => {
  const { language, final, largest, isHealthChecked = false } = service;
  const tag = `${name}:${kind}`;
  const container = `${name}-${kind}`;

  test('is built twice to the same layers, answers, is not root, and stops', {
    timeout: 300_000,
  }, async () => {
    const first = await layersOf(tag, final(), language, false);
    expect(await layersOf(tag, final(), language, true)).toEqual(first);
    expect(await inspect(tag, '{{.Size}}').then(Number)).toBeLessThanOrEqual(largest * megabyte);
    expect(await inspect(tag, '{{.Config.User}}')).toMatch(/^\d+(?::\d+)?$/u);
    await run('docker', ['run', '--detach', '--name', container, '--read-only', '--tmpfs', '/tmp', tag]);
    expect(await ask(container)).toBe('hello');
    const { stdout } = await run('docker', ['top', container, '-o', 'pid,uid']);
    const users = lines(stdout)
      .slice(1)
      .map((line) => Number(line.trim().split(/\s+/u)[1]));
    expect(users.every((user) => user > 100)).toBe(true);
    if (isHealthChecked) expect(await healthOf(container)).toBe('healthy');
    const started = performance.now();
    await run('docker', ['stop', '--time', '10', container]);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(Number(await inspect(container, '{{.State.ExitCode}}'))).not.toBe(137);
  });
});

interface TestedProject {
  readonly final: (files: ProjectFiles, tests: boolean | 'required') => Stage;
  /** A file with a test that passes or fails. */
  readonly test: (passes: boolean) => Readonly<Record<string, string>>;
}

const npmrc = 'npmrc';
const testedProjects: Readonly<Record<'go' | 'node' | 'python' | 'rust', TestedProject>> = {
  go: {
    final: (files, tests) => go({ ...common, files, tests }).final,
    test: (passes) => ({
      'main_test.go': `package main\n\nimport "testing"\n\nfunc TestHello(t *testing.T) {\n\tif !${passes} {\n\t\tt.Fatal("red")\n\t}\n}\n`,
    }),
  },
  node: {
    final: (files, tests) => node({ ...common, files, tests, npmrc, testCommand: 'node --test' }).final,
    test: (passes) => ({ 'hello.test.js': `require('node:assert').ok(${passes}, 'red');\n` }),
  },
  python: {
    final: (files, tests) => python({ ...common, files, tests, module: 'app.main' }).final,
    test: (passes) => ({
      'test_hello.py': `import unittest\n\n\nclass Hello(unittest.TestCase):\n    def test_hello(self):\n        self.assertEqual(${passes ? 1 : 2}, 1)\n`,
    }),
  },
  rust: {
    final: (files, tests) => rust({ ...common, files, tests, version: '1.85' }).final,
    test: (passes) => ({ 'tests/hello.rs': `#[test]\nfn hello() {\n    assert!(${passes}, "red");\n}\n` }),
  },
};

test.each(Object.entries(testedProjects))(
  '%s: only required tests that fail keep an image from being made',
  {
    timeout: 300_000,
  },
  async (language, { final, test: testFile }) => {
    const files = (passes: boolean): Record<string, string> => ({
      ...projects[language as keyof typeof testedProjects],
      ...testFile(passes),
    });
    const make = async (passes: boolean, tests: boolean | 'required'): Promise<string> => {
      const tag = `${name}:tested-${language}`;
      const project = files(passes);
      await build(final(memoryFiles(project), tests), {
        context: { files: project },
        tags: [tag],
        secrets: { npmrc: { value: await npmrcForBuilds() } },
      });
      return inspect(tag, '{{json .RootFS.Layers}}');
    };
    expect(await make(true, 'required')).toBe(await make(true, false));
    await expect(make(false, 'required')).rejects.toMatchObject({ code: 'build-failed' });
    await make(false, true);
  },
);

test('a page that has changed and is as long as before is another version for browsers and caches', async () => {
  // The engine takes layers for the same whatever the times in them: each run has pages of its own.
  const tagOf = async (): Promise<string | null> => {
    const text = randomBytes(4).toString('hex');
    const files = { 'public/index.html': text };
    const image = `${name}:page-${text}`;
    await build(staticSite({ files: memoryFiles(files) }).final, { context: { files }, tags: [image] });
    const container = `${name}-page-${text}`;
    await run('docker', ['run', '--detach', '--name', container, '--read-only', '--tmpfs', '/tmp', image]);
    try {
      expect(await ask(container)).toBe(text);
      return (await fetch(`http://${await addressOf(container)}:8080/`)).headers.get('etag');
    } finally {
      await run('docker', ['rm', '--force', container]);
    }
  };
  const first = await tagOf();
  expect(first).toMatch(/^"/u);
  expect(await tagOf()).not.toBe(first);
});

test('a changed line is compiled in at most 0.4 of the time that the classic builder needs', {
  timeout: 300_000,
}, async () => {
  const [quick, slow] = [await secondBuild('buildkit'), await secondBuild('classic')];
  console.info(`rebuild after a one-line edit: ${(quick / slow).toFixed(2)}x of the classic builder`);
  expect(quick / slow).toBeLessThanOrEqual(0.4);
});

/** Milliseconds of a build after one line was changed; the first build fills the caches. */
async function secondBuild(profile: 'buildkit' | 'classic'): Promise<number> {
  const engine = profile === 'classic' ? classic() : docker();
  const edited = (line: string): Record<string, string> => ({
    ...projects.go,
    'main.go': projects.go['main.go'].replace('hello', line),
  });
  const { final } = go({ ...common, files: memoryFiles(projects.go), profile });
  const tags = [`${name}:rebuild-${profile}`];
  const nonce = randomBytes(4).toString('hex');
  await build(final, { context: { files: edited(`1${nonce}`) }, tags, engine });
  const started = performance.now();
  await build(final, { context: { files: edited(`2${nonce}`) }, tags, engine });
  return performance.now() - started;
}

/** Builds without any cache when asked, and answers the digests of the layers. */
async function layersOf(
  tag: string,
  final: Stage,
  language: keyof typeof projects,
  noCache: boolean,
): Promise<string> {
  await build(final, {
    context: { files: projects[language] },
    tags: [tag],
    noCache,
    secrets: { npmrc: { value: await npmrcForBuilds() } },
  });
  return inspect(tag, '{{json .RootFS.Layers}}');
}

async function inspect(target: string, format: string): Promise<string> {
  return (await run('docker', ['inspect', '--format', format, target])).stdout.trim();
}

function addressOf(container: string): Promise<string> {
  return inspect(container, '{{.NetworkSettings.IPAddress}}');
}

/** Asks until the service answers; its output is in the error when it doesn't. */
async function ask(container: string): Promise<string> {
  const address = await addressOf(container);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await inspect(container, '{{.State.Running}}')) !== 'true') break;
    try {
      return await (await fetch(`http://${address}:8080/`, { signal: AbortSignal.timeout(2000) })).text();
    } catch {
      await sleep(100);
    }
  }
  const { stdout, stderr } = await run('docker', ['logs', container]);
  throw new Error(`The service does not answer.\n${stdout}${stderr}`);
}

async function healthOf(container: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const health = await inspect(container, '{{.State.Health.Status}}');
    if (health === 'healthy') return health;
    await sleep(200);
  }
  return inspect(container, '{{json .State.Health}}');
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
