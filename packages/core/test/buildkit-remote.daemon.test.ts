// Needs base images: busybox:1.37
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildkit, createBuildkitEngine } from '../src/engines/buildkit/index.ts';
import { describeConformance } from './engines/conformance/index.ts';
import { type Certificates, makeCertificates } from './engines/support/certificates.ts';
import { dialRemote } from './engines/support/dial-remote.ts';
import type { EngineUnderTest } from './engines/support/engine-under-test.ts';
import { errorOf } from './engines/support/expect-error.ts';
import { type ModernEngine, startModernEngine } from './engines/support/modern-engine.ts';
import { type RemoteProxy, startRemoteProxy } from './engines/support/remote-proxy.ts';
import { runBuild } from './engines/support/requests.ts';

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

  test('accepts a client with a certificate', async () => {
    const tls = { ca: certificates.ca, ...certificates.client, serverName };
    const { result } = await runBuild(buildkit({ address: address(), tls }), small);
    expect(result.engine).toBe('buildkit');
  });

  test('refuses a client without one', async () => {
    const tls = { ca: certificates.ca, serverName };
    const error = await errorOf(runBuild(buildkit({ address: address(), tls }), small));
    expect(['engine-unreachable', 'connection-lost', 'engine-protocol']).toContain(error.code);
  });

  test('is refused when its certificate has another name', async () => {
    const tls = { ca: certificates.ca, ...certificates.client, serverName: 'other.test' };
    const error = await errorOf(runBuild(buildkit({ address: address(), tls }), small));
    expect(error.code).toBe('engine-unreachable');
    expect(error.message).toContain('other.test');
  });

  test('is refused when nobody vouches for it', async () => {
    const tls = { ...certificates.client, serverName };
    const error = await errorOf(runBuild(buildkit({ address: address(), tls }), small));
    expect(error.code).toBe('engine-unreachable');
  });

  test('is not spoken to without encryption', async () => {
    const error = await errorOf(runBuild(buildkit({ address: address() }), small));
    expect(['engine-unreachable', 'connection-lost']).toContain(error.code);
  });
});
