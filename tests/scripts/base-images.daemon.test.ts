// Needs base images: busybox:local, gcr.io/distroless/static-debian13:nonroot
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBases, verifyBase, wantedNames } from '../../scripts/bases.mjs';
import { callEngine, engineAddress } from '../../scripts/lib/engine-client.mjs';
import { encodeKeystore } from '../../scripts/lib/java-keystore.mjs';
import { packTree } from '../../scripts/lib/layer.mjs';
import { withLock } from '../../scripts/lib/lock.mjs';

const releaseSeconds = 1_700_000_000;
let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'stagecraft-bases-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Writes the same three files, in the given order and with the given modification time. */
function writeTree(name: string, order: readonly string[], time: Date): string {
  const tree = join(directory, name);
  mkdirSync(join(tree, 'sub'), { recursive: true });
  for (const file of order) {
    writeFileSync(join(tree, file), `content of ${file}`);
    utimesSync(join(tree, file), time, time);
  }
  return tree;
}

describe('a layer', () => {
  it('has the same bytes however and whenever its tree was written', async () => {
    const first = writeTree('first', ['a', 'b', 'sub/c'], new Date());
    const second = writeTree('second', ['sub/c', 'b', 'a'], new Date(Date.now() - 86_400_000));
    const digests = await Promise.all([
      packTree(first, join(directory, 'first.tar'), releaseSeconds),
      packTree(second, join(directory, 'second.tar'), releaseSeconds),
    ]);
    expect(digests[0]).toBe(digests[1]);
    const bytes = readFileSync(join(directory, 'first.tar'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digests[0]);
  });

  it('has other bytes when one file differs', async () => {
    const tree = writeTree('third', ['a', 'b', 'sub/c'], new Date());
    const before = await packTree(tree, join(directory, 'third.tar'), releaseSeconds);
    writeFileSync(join(tree, 'a'), 'content of A');
    expect(await packTree(tree, join(directory, 'third.tar'), releaseSeconds)).not.toBe(before);
  });
});

describe('a lock', () => {
  it('lets one at a time in', async () => {
    const path = join(directory, 'exclusive.lock');
    let inside = 0;
    let most = 0;
    const visit = () =>
      withLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside -= 1;
      });
    await Promise.all([visit(), visit(), visit()]);
    expect(most).toBe(1);
  });

  it('is free again when the process that holds it is killed', async () => {
    const path = join(directory, 'killed.lock');
    const module = new URL('../../scripts/lib/lock.mjs', import.meta.url).href;
    const program = `import { withLock } from '${module}';
      await withLock('${path}', () => { console.log('held'); return new Promise((resolve) => setTimeout(resolve, 60_000)); });`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    holder.kill('SIGKILL');
    expect(await withLock(path, async () => 'mine')).toBe('mine');
  });
});

describe('a Java key store', () => {
  it('names its certificates and ends with the digest that Java checks', () => {
    const store = encodeKeystore([{ alias: 'debian:one', der: Buffer.from('certificate') }], 1000);
    expect(store.subarray(0, 12).toString('hex')).toBe('feedfeed0000000200000001');
    expect(store.includes('debian:one')).toBe(true);
    const phrase = Buffer.concat([Buffer.from('\0c\0h\0a\0n\0g\0e\0i\0t'), Buffer.from('Mighty Aphrodite')]);
    const digest = createHash('sha1').update(phrase).update(store.subarray(0, -20)).digest('hex');
    expect(store.subarray(-20).toString('hex')).toBe(digest);
  });
});

describe('base images', () => {
  it('are not built or loaded again when the engine has them', async () => {
    const lines: string[] = [];
    await ensureBases(['busybox:local'], { log: (line) => lines.push(line) });
    expect(lines).toEqual([]);
  });

  it('are the same bytes when they are built a second time', async () => {
    expect(await verifyBase('busybox', () => {})).toBe(true);
  });

  it('get further names when somebody asks for them', async () => {
    const name = `busybox:alias-${process.pid}`;
    await ensureBases([name]);
    const { status } = await callEngine(engineAddress(), { method: 'DELETE', path: `/images/${name}` });
    expect(status).toBe(200);
  });

  it('have the configuration of the real distroless image', async () => {
    const path = '/images/gcr.io/distroless/static-debian13:nonroot/json';
    const { Config, Os, Comment } = JSON.parse((await callEngine(engineAddress(), { path })).text);
    expect(Config).toMatchObject({ User: '65532', WorkingDir: '/home/nonroot', Entrypoint: null, Cmd: null });
    expect(Config.Env).toContain('SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt');
    expect(Config.Labels ?? {}).toEqual({});
    expect(Os).toBe('linux');
    expect(Comment).toMatch(/^stagecraft base [0-9a-f]{64}$/u);
  });

  it('that no recipe makes are refused by name', () => {
    expect(() => wantedNames(['golang:1.26-alpine'])).toThrow(
      'No recipe makes a base named "golang:1.26-alpine".',
    );
  });
});

describe('the daemon script', () => {
  const script = fileURLToPath(new URL('../../scripts/daemon.mjs', import.meta.url));
  const runScript = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { ...process.env, ...env } });

  it('reports the daemon that answers', () => {
    const { status, stderr } = runScript(['status']);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^Docker \d\S* answers\.\n$/u),
    });
  });

  it('says why when the daemon that was asked for does not answer', () => {
    const { status, stderr } = runScript(['start'], { DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
    expect(status).toBe(1);
    expect(stderr).toContain('No Docker daemon answers at DOCKER_HOST "unix:///nonexistent/docker.sock".');
  });
});
