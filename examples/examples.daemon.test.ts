// Needs base images: busybox:1.37, debian:trixie-slim, node:24-trixie-slim, python:3.13-slim-trixie, maven:3.9-eclipse-temurin-21, gcr.io/distroless/nodejs24-debian13:nonroot, gcr.io/distroless/python3-debian13:nonroot, gcr.io/distroless/java21-debian13:nonroot, gcr.io/distroless/static-debian13:nonroot, gcr.io/distroless/static-debian13:debug-nonroot
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../packages/core/src/build.ts';
import type { StageSource } from '../packages/core/src/index.ts';
import { ensureBases } from '../scripts/bases.mjs';
import { npmrcForBuilds } from '../scripts/host-network.mjs';
import { startRegistry } from '../scripts/registry.mjs';
import company from './company-base/images.ts';
import debugged, * as debugging from './debug-distroless/images.ts';
import java, * as javaImages from './java-service/images.ts';
import * as shop from './monorepo/images.ts';
import node, * as nodeImages from './node-service/images.ts';
import python, * as pythonImages from './python-service/images.ts';
import site from './release-pipeline/images.ts';
import { release } from './release-pipeline/release.ts';

const run = promisify(execFile);
const name = `stagecraft-examples-${randomBytes(4).toString('hex')}`;

beforeAll(async () => {
  const [, needed = ''] =
    /^\/\/ Needs base images: (.+)$/mu.exec(readFileSync(import.meta.filename, 'utf8')) ?? [];
  await ensureBases(needed.split(', '));
}, 600_000);

afterAll(async () => {
  const containers = await lines('ps', '--all', '--quiet', '--filter', `name=${name}`);
  if (containers.length > 0) await run('docker', ['rm', '--force', ...containers]);
  const images = await lines('images', '--format', '{{.Repository}}:{{.Tag}}');
  const ours = images.filter((image) => image.includes(name));
  if (ours.length > 0) await run('docker', ['rmi', '--force', ...ours]);
});

type Service = readonly [
  example: string,
  kind: string,
  image: StageSource,
  run: readonly string[],
  says: string,
];

const services: readonly Service[] = [
  ['node-service', 'fat', nodeImages.fat, ['node', 'server.js', '--once'], 'an hour is 3600000 ms'],
  ['node-service', 'multi', nodeImages.multiStage, ['node', 'server.js', '--once'], 'an hour is 3600000 ms'],
  ['node-service', 'distroless', node, ['server.js', '--once'], 'an hour is 3600000 ms'],
  ['python-service', 'fat', pythonImages.fat, [], 'hello from Python 3.13'],
  ['python-service', 'distroless', python, [], 'hello from Python 3.13'],
  ['java-service', 'fat', javaImages.fat, [], 'hello from Java 21'],
  ['java-service', 'distroless', java, [], 'hello from Java 21'],
  ['monorepo', 'users', shop.users, [], 'hello from users'],
  ['monorepo', 'orders', shop.orders, [], 'hello from orders'],
  ['monorepo', 'mail', shop.mail, [], 'hello from mail'],
  ['company-base', 'payments', company, [], "65532\n# The company's certificate authority goes here."],
];

/** Where the build context is not the folder of the example. */
const contexts: Readonly<Record<string, string>> = { monorepo: 'monorepo/app' };

test.each(services)('%s %s is built and runs', async (example, kind, image, command, says) => {
  const tag = await made(example, kind, image);
  const { stdout } = await run('docker', ['run', '--rm', '--network', 'none', tag, ...command]);
  expect(stdout.trim()).toBe(says);
});

describe('what comes after', () => {
  test.each([
    ['node-service', node, nodeImages.fat],
    ['python-service', python, pythonImages.fat],
    ['java-service', java, javaImages.fat],
  ] as const)('of %s is smaller than before, and not root', async (example, after, before) => {
    const tag = await made(example, 'after', after);
    expect(await size(tag)).toBeLessThan(await size(await made(example, 'before', before)));
    expect(Number((await inspect(tag, '{{.Config.User}}')).split(':')[0])).toBeGreaterThan(0);
  });
});

test('the release pipeline pushes what was reviewed, and refuses what was not', async () => {
  const registry = await startRegistry();
  try {
    const repository = `${registry.url}/${name}`;
    const reviewed = readFileSync(join(import.meta.dirname, 'release-pipeline', 'Dockerfile'), 'utf8');
    const digest = await release(site, { repository, version: '1.0.0', reviewed });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/u);
    const manifest = await fetch(`http://${registry.url}/v2/${name}/manifests/1.0.0`, {
      headers: {
        accept:
          'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json',
      },
    });
    expect(manifest.headers.get('docker-content-digest')).toBe(digest);
    await expect(release(site, { repository, version: '1.0.1', reviewed: 'FROM scratch\n' })).rejects.toThrow(
      'reviewed',
    );
    expect((await fetch(`http://${registry.url}/v2/${name}/manifests/1.0.1`)).status).toBe(404);
  } finally {
    await registry.stop();
  }
});

test('an image without a shell is looked into with its debug image and with a sidecar', async () => {
  const example = 'debug-distroless';
  const container = `${name}-app`;
  await run('docker', ['run', '--detach', '--name', container, await made(example, 'app', debugged)]);
  await expect(run('docker', ['exec', container, 'sh', '-c', 'true'])).rejects.toThrow();
  const debug = await made(example, 'debug', debugging.debug);
  const inside = await run('docker', ['run', '--rm', debug, '-c', 'cat /site/index.html']);
  expect(inside.stdout).toBe('hello\n');
  const sidecar = await made(example, 'sidecar', debugging.sidecar);
  const beside = ['--pid', `container:${container}`, '--network', `container:${container}`];
  const look = 'wget -q -O - http://127.0.0.1:8080/ && tr "\\0" " " < /proc/1/cmdline';
  const seen = await run('docker', ['run', '--rm', ...beside, sidecar, 'sh', '-c', look]);
  expect(seen.stdout).toBe('hello\n/httpd httpd -f -p 8080 -h /site ');
});

/** Builds an image of an example; answers its tag. */
async function made(example: string, kind: string, image: StageSource): Promise<string> {
  const tag = `${name}:${example}-${kind}`;
  await build(image, {
    context: join(import.meta.dirname, contexts[example] ?? example),
    tags: [tag],
    secrets: { npmrc: { value: await npmrcForBuilds() } },
  });
  return tag;
}

async function size(tag: string): Promise<number> {
  return Number(await inspect(tag, '{{.Size}}'));
}

async function inspect(tag: string, format: string): Promise<string> {
  return (await run('docker', ['inspect', '--format', format, tag])).stdout.trim();
}

async function lines(...args: readonly string[]): Promise<readonly string[]> {
  return (await run('docker', args)).stdout.split('\n').filter((line) => line !== '');
}
