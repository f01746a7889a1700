import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialSsh } from './dial-ssh.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagecraft-endpoint-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeContext(name: string, host: string): void {
  const id = createHash('sha256').update(name).digest('hex');
  mkdirSync(join(folder, 'contexts', 'meta', id), { recursive: true });
  const metadata = { Name: name, Endpoints: { docker: { Host: host } } };
  writeFileSync(join(folder, 'contexts', 'meta', id, 'meta.json'), JSON.stringify(metadata));
}

async function describeWith(environment: NodeJS.ProcessEnv, options = {}): Promise<string> {
  const settings = { DOCKER_CONFIG: folder, ...environment };
  return (await resolveEndpoint({ environment: settings, ...options })).describe;
}

describe('the endpoint', () => {
  test('is an explicit host, else DOCKER_HOST, else the docker context, else the usual socket', async () => {
    writeContext('remote', 'tcp://remote.example:1');
    writeContext('other', 'ssh://other.example');
    expect(await describeWith({})).toMatch(/^unix:|^npipe:/u);
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: 'remote', auths: {} }));
    expect(await describeWith({})).toBe('tcp://remote.example:1');
    expect(await describeWith({ DOCKER_CONTEXT: 'other' })).toBe('ssh://other.example');
    expect(await describeWith({ DOCKER_CONTEXT: 'default' })).toMatch(/^unix:|^npipe:/u);
    expect(await describeWith({ DOCKER_HOST: 'tcp://by-variable:2' })).toBe('tcp://by-variable:2');
    expect(await describeWith({ DOCKER_HOST: 'tcp://by-variable:2' }, { dockerContext: 'other' })).toBe(
      'ssh://other.example',
    );
    expect(await describeWith({ DOCKER_HOST: 'tcp://by-variable:2' }, { host: 'tcp://explicit:3' })).toBe(
      'tcp://explicit:3',
    );
  });

  test('of an unknown docker context is refused', async () => {
    await expect(describeWith({ DOCKER_CONTEXT: 'nope' })).rejects.toMatchObject({ code: 'invalid-options' });
  });

  test('with settings that are no JSON is refused without repeating them', async () => {
    const broken = mkdtempSync(join(folder, 'broken-'));
    writeFileSync(join(broken, 'config.json'), '{"auths": {"x": {"auth": "aHVudGVyMg=="');
    const refused = resolveEndpoint({ environment: { DOCKER_CONFIG: broken } });
    await expect(refused).rejects.toMatchObject({ code: 'config-rejected' });
    await expect(refused).rejects.not.toThrow('aHVudGVyMg');
  });

  test('that nothing listens at says so and what to do', async () => {
    const missing = await resolveEndpoint({ host: `unix://${folder}/missing.sock` });
    await expect(missing.dial()).rejects.toMatchObject({
      code: 'engine-unreachable',
      hint: expect.stringContaining('DOCKER_HOST'),
    });
    const closed = await resolveEndpoint({ host: 'tcp://127.0.0.1:1' });
    await expect(closed.dial()).rejects.toMatchObject({ code: 'engine-unreachable' });
  });

  test('that accepts TCP but never speaks TLS ends at the connect limit', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const endpoint = await resolveEndpoint({ host: `https://127.0.0.1:${port}`, connectTimeoutMs: 300 });
    await expect(endpoint.dial()).rejects.toMatchObject({ code: 'engine-unreachable' });
    server.close();
  });

  test('can be given up on', async () => {
    const endpoint = await resolveEndpoint({ host: 'tcp://127.0.0.1:1' });
    await expect(endpoint.dial(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('needs the certificates it was told of', async () => {
    const endpoint = await resolveEndpoint({ host: 'tcp://127.0.0.1:1', certificates: join(folder, 'none') });
    await expect(endpoint.dial()).rejects.toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringContaining('certificates'),
    });
  });
});

describe('an ssh endpoint', () => {
  const address = { type: 'ssh', host: 'host', describe: 'ssh://host' } as const;
  function program(script: string): string {
    const path = join(folder, `ssh-${Math.random().toString(36).slice(2)}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  test('carries bytes both ways through the client', async () => {
    const stream = await dialSsh(address, { connectTimeoutMs: 1000, program: program('exec cat') });
    stream.end('hello');
    expect(await text(stream)).toBe('hello');
  });

  test('that fails reports the last words of the client', async () => {
    const complaint = program('echo "warning" >&2; echo "Host key verification failed." >&2; exit 255');
    const stream = await dialSsh(address, { connectTimeoutMs: 1000, program: complaint });
    await expect(text(stream)).rejects.toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringContaining('Host key verification failed.'),
    });
  });

  test('without an ssh client is refused', async () => {
    const dialing = dialSsh(address, { connectTimeoutMs: 1000, program: join(folder, 'no-ssh') });
    await expect(dialing).rejects.toMatchObject({ code: 'engine-unreachable' });
  });

  test('ends its process when it is destroyed', async () => {
    const stream = await dialSsh(address, { connectTimeoutMs: 1000, program: program('exec sleep 1000') });
    const closed = new Promise((resolve) => stream.on('close', resolve));
    stream.destroy();
    await closed;
  });
});
