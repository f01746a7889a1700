import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBases } from '../../../scripts/bases.mjs';
import { type BuildEvent, build, buildEvents, summary } from '../src/build.ts';
import { classic, type DockerEngine, docker } from '../src/engines/index.ts';
import { arg, context, expand, final, image, mount, stage } from '../src/index.ts';

const run = promisify(execFile);
const name = `stagecraft-build-${randomBytes(4).toString('hex')}`;
let folder = '';

beforeAll(async () => {
  await ensureBases(['busybox:local']);
  folder = mkdtempSync(join(tmpdir(), 'stagecraft-build-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'main.txt'), 'from disk\n');
  writeFileSync(join(folder, 'unused.txt'), 'never read\n');
  writeFileSync(join(folder, 'ignored.txt'), 'never read\n');
  writeFileSync(join(folder, '.dockerignore'), 'ignored.txt\n');
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const { stdout } = await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}', `${name}*`]);
  const ours = stdout.split('\n').filter((line) => line !== '');
  if (ours.length > 0) await run('docker', ['rmi', '--force', ...ours]);
});

async function output(tag: string, ...command: readonly string[]): Promise<string> {
  const { stdout } = await run('docker', ['run', '--rm', '--network=none', tag, ...command]);
  return stdout;
}

const engines: readonly (readonly [string, () => DockerEngine])[] = [
  ['classic', () => classic()],
  ['docker', () => docker()],
];

describe.each(engines)('build on the %s engine', (kind, engineOf) => {
  const tag = `${name}:${kind}`;

  test('makes an image of a directory, files in memory and arguments, and leaves the directory as it was', async () => {
    const before = readdirSync(folder, { recursive: true }).sort();
    const greeting = arg('GREETING', 'hello');
    const builder = stage('builder')
      .from('busybox:local')
      .workdir('/work')
      .copy('src', '.')
      .copy('made.txt', '.')
      .run(expand`echo "${greeting}" | cat - main.txt made.txt > all.txt`);
    const target = final()
      .from('busybox:local')
      .copyFrom(builder, '/work/all.txt', '/all.txt')
      .cmd(['cat', '/all.txt']);
    const events: BuildEvent[] = [];
    const result = await build(target, {
      engine: engineOf(),
      context: folder,
      files: { 'made.txt': 'from memory\n' },
      buildArgs: { GREETING: 'good day' },
      labels: { made: name },
      tags: [tag],
      network: 'none',
      onEvent: (event) => void events.push(event),
    });
    expect(await output(tag)).toBe('good day\nfrom disk\nfrom memory\n');
    const { stdout } = await run('docker', ['inspect', '--format', '{{.Id}} {{.Config.Labels.made}}', tag]);
    expect(stdout.trim()).toBe(`${result.imageId} ${name}`);
    expect(events.at(-1)).toEqual({ type: 'result', result });
    expect(summary(events)).toMatchObject({ failed: 0, result });
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  });

  test('brings back from an ignored directory what its builder brings back, and the ignore file travels', async () => {
    const ignore = 'vault\n!**/open\n';
    const tree = join(folder, `ignoring-${kind}`);
    mkdirSync(join(tree, 'vault'), { recursive: true });
    writeFileSync(join(tree, '.dockerignore'), ignore);
    writeFileSync(join(tree, 'vault', 'open'), '');
    writeFileSync(join(tree, 'vault', 'shut'), '');
    const target = final()
      .from('busybox:local')
      .copy('.', '/all')
      .run('find /all -type f | sort; cat /all/.dockerignore');
    const log: string[] = [];
    await build(target, {
      engine: engineOf(),
      context: tree,
      noCache: true,
      network: 'none',
      onEvent: (event) => void (event.type === 'log' && log.push(event.text)),
    });
    const lines = log.join('\n').split('\n');
    const open = kind === 'classic' ? [] : ['/all/vault/open'];
    expect(lines.filter((line) => line.startsWith('/'))).toEqual(['/all/.dockerignore', ...open]);
    expect(lines.join('\n')).toContain(ignore.trim());
  });

  test('a failing step rejects and points at the TypeScript line', async () => {
    const target = stage('app').from('busybox:local').run(`echo ${kind} ${name}; exit 9`);
    const line = Number(/build\.daemon\.test\.ts:(\d+)/u.exec(new Error().stack ?? '')?.[1]) - 1;
    const failing = build(target, { engine: engineOf(), context: folder, network: 'none' });
    await expect(failing).rejects.toMatchObject({
      code: 'build-failed',
      where: { file: expect.stringMatching(/build\.daemon\.test\.ts$/u), line },
      cause: { exitCode: 9, logTail: [`${kind} ${name}`] },
    });
  });

  test('an error in onEvent stops the build and comes out', async () => {
    const target = stage('app').from('busybox:local').run('sleep 4321');
    const failing = build(target, {
      engine: engineOf(),
      context: folder,
      noCache: true,
      network: 'none',
      onEvent: (event) => {
        if (event.type === 'started' && event.step.instruction?.startsWith('RUN'))
          throw new Error('reader broke');
      },
    });
    await expect(failing).rejects.toThrow('reader broke');
    for (let tries = 0; tries < 40; tries += 1) {
      const { stdout } = await run('ps', ['-eo', 'args']);
      if (!stdout.includes('sleep 4321')) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The process of the build still runs.');
  });

  test('a signal aborts it', async () => {
    const abort = new AbortController();
    const target = stage('app').from('busybox:local').run('sleep 4322');
    const building = build(target, {
      engine: engineOf(),
      context: folder,
      noCache: true,
      network: 'none',
      signal: abort.signal,
      onEvent: (event) => {
        if (event.type === 'started' && event.step.instruction?.startsWith('RUN')) abort.abort();
      },
    });
    await expect(building).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('build', () => {
  test('gives secrets to BuildKit from a file, a variable, a value and a function, and shows none of them', async () => {
    const secrets = {
      file: { file: join(folder, 'secret.txt') },
      env: { env: 'STAGECRAFT_TEST_SECRET' },
      value: { value: 'canary-value-1234' },
      call: async () => 'canary-call-12345',
    };
    writeFileSync(secrets.file.file, 'canary-file-1234');
    process.env['STAGECRAFT_TEST_SECRET'] = 'canary-env-12345';
    const mounts = Object.keys(secrets).map((id) => mount.secret(id));
    const target = stage('app')
      .from('busybox:local')
      .run('cd /run/secrets && cat file env value call && cat file env value call | wc -c > /size', {
        mounts,
      });
    const events: BuildEvent[] = [];
    await build(target, {
      engine: docker(),
      context: folder,
      tags: [`${name}:secrets`],
      noCache: true,
      network: 'none',
      secrets,
      onEvent: (event) => void events.push(event),
    });
    delete process.env['STAGECRAFT_TEST_SECRET'];
    expect((await output(`${name}:secrets`, 'cat', '/size')).trim()).toBe(String(16 + 16 + 17 + 17));
    expect(JSON.stringify(events)).not.toContain('canary');
    const { stdout } = await run('docker', ['history', '--no-trunc', `${name}:secrets`]);
    expect(stdout).not.toContain('canary');
  });

  test('sends only what is read', async () => {
    const events: BuildEvent[] = [];
    for await (const event of buildEvents(final().from('scratch').copy('src', '/'), { context: folder }))
      events.push(event);
    const last = events.findLast((event) => event.type === 'transfer');
    expect(last?.type === 'transfer' && last.sentBytes).toBeLessThan(200);
  });

  test('options that are wrong are refused before anything happens', async () => {
    const target = final().from('scratch').label({ a: 'b' });
    const options = { tag: 'x' } as object;
    await expect(build(target, options)).rejects.toMatchObject({
      code: 'invalid-options',
      hint: 'Did you mean "tags"?',
    });
    await expect(build(target, { context: join(folder, 'nope') })).rejects.toMatchObject({
      code: 'context-missing',
    });
    await expect(build(target, { engine: 'unix:///nope.sock' })).rejects.toMatchObject({
      code: 'engine-unreachable',
    });
    await expect(build(target, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    await expect(
      build(final().from('scratch').copyFrom(context('assets'), 'a', '/a'), {
        engine: classic(),
        contexts: { assets: { files: { a: '1' } } },
      }),
    ).rejects.toMatchObject({ code: 'unsupported-feature' });
  });

  test('copies from an image that is no stage', async () => {
    const target = final()
      .from('scratch')
      .copyFrom(image('busybox:local'), '/bin/busybox', '/busybox')
      .cmd(['/busybox', 'echo', 'ok']);
    await build(target, { context: folder, tags: [`${name}:copied`] });
    expect(await output(`${name}:copied`)).toBe('ok\n');
  });

  test('200 builds leave no open handle', async () => {
    const engine = docker();
    const open = (): number => readdirSync('/proc/self/fd').length;
    const target = final().from('scratch').label({ a: 'b' });
    await build(target, { engine, context: { files: {} } });
    const before = open();
    for (let index = 0; index < 100; index += 1) {
      await build(target, { engine, context: { files: {} } });
      await build(target, { engine: classic(), context: { files: {} } });
    }
    expect(open() - before).toBeLessThanOrEqual(2);
  });
});
