import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureDaemon } from '../../../scripts/daemon.mjs';
import type { BuildEngine } from '../src/build/engine.ts';
import { buildkit, classic, connect as connectEngine, docker } from '../src/engines/index.ts';
import { type Outcome, outcomeOf, requestFor } from './engine-support/classic-request.ts';
import { type SshServer, startSshServer } from './engine-support/ssh-server.ts';
import { makeCertificates } from './engines/support/certificates.ts';
import { startRemoteProxy } from './engines/support/remote-proxy.ts';

let socketPath = '';
let folder = '';
const servers: Server[] = [];
const environment = { ...process.env };

beforeAll(async () => {
  socketPath = (await ensureDaemon()).socketPath ?? '';
  folder = mkdtempSync(join(tmpdir(), 'stagecraft-endpoints-'));
});

afterAll(() => {
  for (const server of servers) server.close();
  process.env = environment;
  rmSync(folder, { recursive: true, force: true });
});

async function attempt(engine: BuildEngine): Promise<Outcome> {
  const request = await requestFor(['FROM scratch', 'COPY a /a'], { files: { a: 'content' } });
  return outcomeOf(engine, request);
}

async function expectBuild(engine: BuildEngine): Promise<void> {
  const { result, error } = await attempt(engine);
  expect(error).toBeUndefined();
  expect(result?.imageId).toMatch(/^sha256:[0-9a-f]{64}$/u);
}

function forward(client: Socket): void {
  const upstream = connect(socketPath);
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  client.pipe(upstream).pipe(client);
}

/** A relay that notes the first line of every connection, and refuses those that ask for `refused`. */
function relay(seen: string[], refused?: string): Server {
  return createServer((client) => {
    client.on('error', () => {});
    client.once('data', (head: Buffer) => {
      const line = head.subarray(0, head.indexOf('\r\n')).toString();
      seen.push(line);
      if (line.split(' ')[1] === refused) {
        const page = '<html><body>Forbidden by administrative rules.</body></html>';
        client.end(
          `HTTP/1.1 403 Forbidden\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
        );
        return;
      }
      client.unshift(head);
      forward(client);
    });
  });
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a Docker Engine is reached', () => {
  test('for the session on a connection of its own, where it is on this machine and lets that through', async () => {
    const session = 'POST /session HTTP/1.1';
    for (const [place, refused, sessions] of [
      ['open.sock', undefined, 1],
      ['closed.sock', '/session', 1],
      ['tcp', undefined, 0],
      // Without BuildKit the classic builder has to do.
      ['classic.sock', '/grpc', 0],
    ] as const) {
      const seen: string[] = [];
      const server = relay(seen, refused);
      const path = join(folder, place);
      if (place !== 'tcp') {
        servers.push(server);
        await new Promise<void>((resolve) => server.listen(path, resolve));
      }
      const host = place === 'tcp' ? `tcp://127.0.0.1:${await listen(server)}` : `unix://${path}`;
      await expectBuild(docker({ host }));
      expect(seen).toContain('POST /grpc HTTP/1.1');
      expect(seen.filter((line) => line === session)).toHaveLength(sessions);
    }
  });

  test('through its socket, named, by default and by address', async () => {
    await expectBuild(docker());
    await expectBuild(classic({ host: `unix://${socketPath}` }));
    await expectBuild(connectEngine());
    await expectBuild(connectEngine(`classic+unix://${socketPath}`));
    await expectBuild(connectEngine('docker://default'));
  });

  test('through TCP, by both builders', async () => {
    const port = await listen(createServer(forward));
    await expectBuild(docker({ host: `tcp://127.0.0.1:${port}` }));
    await expectBuild(classic({ host: `tcp://127.0.0.1:${port}` }));
  });
});

describe('TLS', () => {
  let port = 0;
  const certificates = (): string => join(folder, 'certificates');

  beforeAll(async () => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(folder, 'authority'));
    mkdirSync(certificates());
    const made = makeCertificates(join(folder, 'authority'), 'localhost');
    writeFileSync(join(certificates(), 'ca.pem'), made.ca);
    writeFileSync(join(certificates(), 'cert.pem'), made.client.cert);
    writeFileSync(join(certificates(), 'key.pem'), made.client.key);
    const options = { ca: made.ca, ...made.server, requestCert: true, rejectUnauthorized: true };
    port = await listen(createTlsServer(options, forward));
  });

  test('with a client certificate works, named by option and by DOCKER_CERT_PATH', async () => {
    await expectBuild(classic({ host: `tcp://localhost:${port}`, certificates: certificates() }));
    await expectBuild(docker({ host: `tcp://localhost:${port}`, certificates: certificates() }));
    process.env['DOCKER_HOST'] = `tcp://localhost:${port}`;
    process.env['DOCKER_CERT_PATH'] = certificates();
    process.env['DOCKER_TLS_VERIFY'] = '1';
    await expectBuild(docker());
    for (const name of ['DOCKER_HOST', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY']) delete process.env[name];
  });

  test('for another name than the certificate has is refused', async () => {
    const { error } = await attempt(
      classic({ host: `tcp://127.0.0.1:${port}`, certificates: certificates() }),
    );
    expect(error).toMatchObject({ code: 'engine-unreachable', hint: expect.stringContaining('certificate') });
  });

  test('without a client certificate, or without TLS at all, ends with an error', async () => {
    for (const host of [`https://localhost:${port}`, `tcp://localhost:${port}`]) {
      const { error } = await attempt(classic({ host }));
      expect(['engine-unreachable', 'connection-lost', 'engine-protocol']).toContain(error?.code);
    }
  });

  test('leads to a BuildKit daemon, too', async () => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(folder, 'remote'));
    const made = makeCertificates(join(folder, 'remote'), 'builder');
    const files = join(folder, 'remote-certificates');
    mkdirSync(files);
    writeFileSync(join(files, 'ca.pem'), made.ca);
    writeFileSync(join(files, 'cert.pem'), made.client.cert);
    writeFileSync(join(files, 'key.pem'), made.client.key);
    const dial = async (): Promise<Socket> => connect(socketPath);
    const proxy = await startRemoteProxy(dial, made);
    const address = `tcp://127.0.0.1:${proxy.port}`;
    const request = await requestFor(['FROM scratch', 'COPY a /a'], {
      files: { a: '1' },
      outputs: [{ type: 'none' }],
    });
    const { error } = await outcomeOf(
      buildkit({ address, certificates: files, serverName: 'builder' }),
      request,
    );
    expect(error).toBeUndefined();
    const wrong = await outcomeOf(buildkit({ address, certificates: files }), request);
    expect(wrong.error).toMatchObject({ code: 'engine-unreachable' });
    await proxy.close();
  });
});

describe('ssh', () => {
  let server: SshServer;
  let host = '';

  beforeAll(async () => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(folder, 'ssh'));
    server = await startSshServer(join(folder, 'ssh'));
    host = `ssh://root@127.0.0.1:${server.port}`;
    process.env['PATH'] = `${server.programs}:${process.env['PATH']}`;
  });
  afterAll(() => server.stop());

  test('leads to the engine on the other side, by both builders', async () => {
    await expectBuild(classic({ host }));
    await expectBuild(docker({ host }));
  });

  test('with a host key that is not known is refused, with the words of ssh', async () => {
    server.trust(false);
    const { error } = await attempt(classic({ host }));
    server.trust(true);
    expect(error).toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringContaining('Host key verification failed'),
    });
  });

  test('to a port where nobody is ends with an error', async () => {
    const { error } = await attempt(docker({ host: 'ssh://root@127.0.0.1:1' }));
    expect(error?.code).toBe('engine-unreachable');
  });
});
