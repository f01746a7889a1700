// Needs base images: busybox:1.37
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBuildkitEngine } from '../src/engines/buildkit/index.ts';
import { buildkit, docker } from '../src/engines/index.ts';
import { describeConformance } from './engines/conformance/index.ts';
import { type Certificates, makeCertificates } from './engines/support/certificates.ts';
import { dialRemote } from './engines/support/dial-remote.ts';
import { dockerApi } from './engines/support/docker-api.ts';
import type { EngineUnderTest } from './engines/support/engine-under-test.ts';
import { errorOf } from './engines/support/expect-error.ts';
import { type ModernEngine, startModernEngine } from './engines/support/modern-engine.ts';
import { type RemoteProxy, startRemoteProxy } from './engines/support/remote-proxy.ts';
import { runBuild, uniqueTag } from './engines/support/requests.ts';

const serverName = 'builder.test';
const directory = mkdtempSync(join(tmpdir(), 'stagecraft-'));

let daemon: ModernEngine;
let certificates: Certificates;
let proxy: RemoteProxy;
let engine: EngineUnderTest;

beforeAll(async () => {
  daemon = await startModernEngine('containerd');
  certificates = makeCertificates(directory, serverName);
  proxy = await startRemoteProxy(daemon.dial, certificates);
  const dial = (): ReturnType<EngineUnderTest['dial']> => dialRemote(proxy.port, serverName, certificates);
  engine = {
    name: 'remote buildkit',
    store: 'buildkitd',
    modern: true,
    docker: daemon.docker,
    expose: daemon.expose,
    dial,
    create: (overrides) =>
      createBuildkitEngine({
        name: 'buildkit',
        authority: `https://${serverName}`,
        dial,
        load: (archive) => daemon.docker.load(archive),
        verify: async (image) => (await daemon.docker.inspect(image))?.Id,
        credentials: { find: async () => undefined },
        ...overrides,
      }),
  };
});

afterAll(async () => {
  await proxy?.close();
  await daemon?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('a remote BuildKit behind TLS', () => {
  describeConformance(() => engine, { store: 'buildkitd', modern: true });

  const small = {
    dockerfile: 'FROM scratch\nCOPY a /\n',
    files: { a: 'a' },
    options: { outputs: [{ type: 'none' as const }] },
  };
  const address = (): string => `tcp://127.0.0.1:${proxy.port}`;

  /** A folder as the docker command keeps certificates. */
  const folder = (files: Readonly<Record<string, string>>): string => {
    const path = mkdtempSync(join(directory, 'certificates-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
    return path;
  };
  const clientFiles = (): Record<string, string> => ({
    'ca.pem': certificates.ca,
    'cert.pem': certificates.client.cert,
    'key.pem': certificates.client.key,
  });

  test('accepts a client with a certificate', async () => {
    const engine = buildkit({ address: address(), certificates: folder(clientFiles()), serverName });
    expect((await runBuild(engine, small)).result.engine).toBe('buildkit');
  });

  test('loads its image into a Docker daemon', async () => {
    const loadInto = docker({ host: 'unix:///var/run/docker.sock' });
    const engine = buildkit({
      address: address(),
      certificates: folder(clientFiles()),
      serverName,
      loadInto,
    });
    const tag = uniqueTag();
    const { result } = await runBuild(engine, {
      ...small,
      options: { tags: [tag], outputs: [{ type: 'load' }] },
    });
    const machine = dockerApi('/var/run/docker.sock');
    const image = await machine.inspect(tag);
    await machine.remove(tag);
    expect(result.imageId).toBe(image?.Id);
  });

  test('refuses a client without a certificate', async () => {
    const engine = buildkit({
      address: address(),
      certificates: folder({ 'ca.pem': certificates.ca }),
      serverName,
    });
    const error = await errorOf(runBuild(engine, small));
    expect(['engine-unreachable', 'connection-lost', 'engine-protocol', 'invalid-options']).toContain(
      error.code,
    );
  });

  test('is refused when its certificate has another name', async () => {
    const engine = buildkit({
      address: address(),
      certificates: folder(clientFiles()),
      serverName: 'other.test',
    });
    const error = await errorOf(runBuild(engine, small));
    expect(error.code).toBe('engine-unreachable');
  });

  test('is refused when nobody vouches for it', async () => {
    const { 'ca.pem': _, ...rest } = clientFiles();
    const engine = buildkit({ address: address(), certificates: folder(rest), serverName });
    const error = await errorOf(runBuild(engine, small));
    expect(error.code).toBe('engine-unreachable');
  });

  test('is not spoken to without encryption', async () => {
    const error = await errorOf(runBuild(buildkit({ address: address() }), small));
    expect(['engine-unreachable', 'connection-lost']).toContain(error.code);
  });
});
