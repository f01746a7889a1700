import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBases } from '../../../scripts/bases.mjs';
import { startRegistry } from '../../../scripts/registry.mjs';
import type { BuildEvent } from '../src/build/event.ts';
import { classic } from '../src/engines/index.ts';
import { outcomeOf, requestFor } from './engine-support/classic-request.ts';

const run = promisify(execFile);
const name = `stagecraft-images-${randomBytes(4).toString('hex')}`;
const login = { username: 'builder', password: 'c4n4ry+p4ss/word' };
const credentialsFor = (host: string) => ({
  find: async (asked: string) => (asked === host ? login : undefined),
});

let open = { url: '', stop: async () => {} };
let closed = { url: '', stop: async () => {} };

beforeAll(async () => {
  await ensureBases(['busybox:local']);
  open = await startRegistry();
  closed = await startRegistry({ user: login.username, password: login.password });
});

afterAll(async () => {
  await open.stop();
  await closed.stop();
  const { stdout } = await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}']);
  const ours = stdout.split('\n').filter((image) => image.includes(name));
  if (ours.length > 0) await run('docker', ['rmi', '--force', ...ours]);
});

async function buildAs(...tags: readonly string[]): Promise<string> {
  const { result, error } = await outcomeOf(
    classic(),
    await requestFor(['FROM busybox:local', `LABEL name=${name}`], { tags }),
  );
  if (error !== undefined) throw error;
  return result?.imageId ?? '';
}

describe('the image store of an engine', () => {
  test('tags an image and looks it up by tag and id', async () => {
    const imageId = await buildAs(`${name}:one`);
    const engine = classic();
    await engine.tag(`${name}:one`, `${name}:two`);
    const details = await engine.inspect(`${name}:two`);
    expect(details).toMatchObject({ id: imageId, operatingSystem: 'linux' });
    expect(details?.tags).toContain(`${name}:two`);
    expect(await engine.inspect(imageId)).toEqual(details);
    expect(await engine.inspect(`${name}:none`)).toBeUndefined();
    await expect(engine.tag(`${name}:none`, `${name}:three`)).rejects.toMatchObject({
      code: 'engine-refused',
    });
  });

  test('loads an archive that docker save wrote, and refuses one that is none', async () => {
    await buildAs(`${name}:saved`);
    const engine = classic();
    const save = spawn('docker', ['save', `${name}:saved`], { stdio: ['ignore', 'pipe', 'ignore'] });
    expect(await engine.load(save.stdout)).toEqual([`${name}:saved`]);
    async function* nonsense(): AsyncIterable<Uint8Array> {
      yield new Uint8Array(2048);
    }
    await expect(engine.load(nonsense())).rejects.toMatchObject({ code: 'engine-refused' });
  });

  test('pushes with progress and resolves with the digest that the registry has', async () => {
    const reference = `${open.url}/${name}:1`;
    await buildAs(reference);
    const events: BuildEvent[] = [];
    const pushed = await classic().push(reference, { onEvent: (event) => void events.push(event) });
    const accept = { accept: 'application/vnd.docker.distribution.manifest.v2+json' };
    const answer = await fetch(`http://${open.url}/v2/${name}/manifests/1`, { headers: accept });
    expect(pushed.digest).toBe(answer.headers.get('docker-content-digest'));
    expect(events.map(({ type }) => type)).toContain('progress');
    expect(events.at(-1)?.type).toBe('completed');
  });

  test('pushes to a registry that wants a login, and says so when it has none', async () => {
    const reference = `${closed.url}/${name}:1`;
    await buildAs(reference);
    const engine = classic();
    const { digest } = await engine.push(reference, { credentials: credentialsFor(closed.url) });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/u);
    const wrong = [credentialsFor(open.url), { find: async () => ({ ...login, password: 'wrong' }) }];
    for (const credentials of wrong) {
      const other = `${closed.url}/${name}:2`;
      await engine.tag(reference, other);
      await expect(engine.push(other, { credentials })).rejects.toMatchObject({
        code: 'registry-refused',
        hint: expect.stringContaining('docker login'),
        message: expect.not.stringContaining(login.password),
      });
    }
  });

  test('a push to a registry that is not there is refused', async () => {
    const reference = `localhost:1/${name}:1`;
    await buildAs(reference);
    await expect(classic().push(reference)).rejects.toMatchObject({ code: 'registry-refused' });
  });
});

describe('the classic builder and registries', () => {
  test('pulls a base with the credentials of exactly its host', async () => {
    const base = `${closed.url}/${name}:base`;
    await buildAs(base);
    await classic().push(base, { credentials: credentialsFor(closed.url) });
    await run('docker', ['rmi', base]);
    const attempt = async (credentials: ReturnType<typeof credentialsFor>) =>
      outcomeOf(classic(), await requestFor([`FROM ${base}`, 'LABEL a=b'], { credentials, pull: true }));
    const refused = await attempt(credentialsFor(open.url));
    expect(refused.error).toMatchObject({ code: 'build-failed', where: { line: 10 } });
    const pulled = await attempt(credentialsFor(closed.url));
    expect(pulled.error).toBeUndefined();
    expect(pulled.events.some(({ type }) => type === 'progress' || type === 'log')).toBe(true);
    expect(JSON.stringify([refused, pulled])).not.toContain(login.password);
  });

  test('builds and pushes in one go, and gives the digest', async () => {
    const tags = [`${open.url}/${name}:built`, `${open.url}/${name}:latest`];
    const request = await requestFor(['FROM busybox:local', 'LABEL pushed=yes'], {
      tags,
      outputs: [{ type: 'push' }],
    });
    const { result, error } = await outcomeOf(classic(), request);
    expect(error).toBeUndefined();
    const answer = await fetch(`http://${open.url}/v2/${name}/manifests/latest`, {
      headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
    });
    expect(result?.digest).toBe(answer.headers.get('docker-content-digest'));
    expect(result?.metadata).toMatchObject({
      'containerimage.digest': result?.digest,
      'image.name': tags.join(','),
    });
  });
});
