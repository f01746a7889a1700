import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RegistryCredentials } from '../../build/credentials.ts';
import { dockerCredentials } from './docker-credentials.ts';

const root = mkdtempSync(join(tmpdir(), 'stagecraft-'));
const path = process.env['PATH'];

beforeAll(() => {
  helper(
    'echo',
    'read server; printf \'{"ServerURL":"%s","Username":"from-helper","Secret":"%s"}\' "$server" "secret of $server"',
  );
  helper('token', 'printf \'{"Username":"<token>","Secret":"identity"}\'');
  helper('empty', 'echo "credentials not found in native keychain"; exit 1');
  helper('fails', 'echo "LEAKED-SECRET" >&2; echo "LEAKED-SECRET"; exit 3');
  helper('nonsense', 'echo LEAKED-SECRET');
  helper('hangs', 'sleep 60');
  process.env['PATH'] = `${root}${delimiter}${path}`;
});

afterAll(() => {
  process.env['PATH'] = path;
  rmSync(root, { recursive: true, force: true });
});

function helper(name: string, script: string): void {
  const file = join(root, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** What is found for `host` with a config file of this content. */
async function find(
  config: unknown,
  host: string,
  signal?: AbortSignal,
): Promise<RegistryCredentials | undefined> {
  const directory = mkdtempSync(join(root, 'config-'));
  writeFileSync(join(directory, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return dockerCredentials({ configDirectory: directory }).find(host, signal);
}

const auth = (username: string, password: string): { auth: string } => ({
  auth: Buffer.from(`${username}:${password}`).toString('base64'),
});

describe('dockerCredentials', () => {
  test('reads a name and password for exactly one host', async () => {
    const config = { auths: { 'ghcr.io': auth('bob', 'pa:ss ü') } };
    expect(await find(config, 'ghcr.io')).toEqual({ username: 'bob', password: 'pa:ss ü' });
    for (const other of [
      'ghcr.io:443',
      'gcr.io',
      'x.ghcr.io',
      'ghcr.io.evil.example',
      'ghcr.io.',
      'evil/ghcr.io',
      '',
    ]) {
      expect(await find(config, other), other).toBeUndefined();
    }
  });

  test('takes case and decoration of config keys for the same host', async () => {
    for (const key of [
      'https://Registry.Example:5000',
      'http://registry.example:5000/v2/',
      'registry.example:5000',
    ]) {
      expect(await find({ auths: { [key]: auth('a', 'b') } }, 'REGISTRY.example:5000'), key).toBeDefined();
    }
  });

  test('knows the Docker Hub by all its names', async () => {
    const config = { auths: { 'https://index.docker.io/v1/': auth('hub', 'pw') } };
    for (const name of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
      expect(await find(config, name), name).toEqual({ username: 'hub', password: 'pw' });
    }
    expect(await find(config, 'docker.io.evil.example')).toBeUndefined();
  });

  test('prefers an identity token', async () => {
    const entry = { ...auth('<token>', ''), identitytoken: 'abc' };
    expect(await find({ auths: { 'a.example': entry } }, 'a.example')).toEqual({ identityToken: 'abc' });
  });

  test('finds nothing without a config file, or with an empty entry', async () => {
    expect(await dockerCredentials({ configDirectory: join(root, 'none') }).find('ghcr.io')).toBeUndefined();
    expect(await find({ auths: { 'ghcr.io': {} } }, 'ghcr.io')).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'has no credentials for a host named %s',
    async (name) => {
      expect(
        await find(
          '{"auths":{"__proto__":{"auth":"eDp5"}},"credHelpers":{"x":"echo"}}',
          name === '__proto__' ? 'constructor' : name,
        ),
      ).toBeUndefined();
      expect(await find({}, name)).toBeUndefined();
    },
  );

  test.each(['not json LEAKED-SECRET', '[]', '"text"', '{"auths":{"a.example":{"auth":"bm9jb2xvbg=="}}}'])(
    'rejects the config file %j without repeating it',
    async (text) => {
      const error = await find(text, 'a.example').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'config-rejected' });
      expect(String(error)).not.toContain('LEAKED');
    },
  );

  test('sends credentials to the exact host only, for any two hosts', async () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,6}$/u);
    const host = fc
      .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.option(fc.integer({ min: 1, max: 65_535 })))
      .map(([labels, port]) => `${labels.join('.')}.test${port === null ? '' : `:${port}`}`);
    const directory = mkdtempSync(join(root, 'pairs-'));
    const source = dockerCredentials({ configDirectory: directory });
    await fc.assert(
      fc.asyncProperty(host, host, async (stored, asked) => {
        writeFileSync(
          join(directory, 'config.json'),
          JSON.stringify({ auths: { [stored]: auth('u', 'p') } }),
        );
        expect((await source.find(asked)) !== undefined).toBe(stored === asked);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('credential helpers', () => {
  test('are asked for the one host they are set for', async () => {
    const config = { credHelpers: { 'a.example': 'echo' } };
    expect(await find(config, 'a.example')).toEqual({
      username: 'from-helper',
      password: 'secret of a.example',
    });
    expect(await find(config, 'b.example')).toBeUndefined();
  });

  test('are asked for every host as the store, and for the Docker Hub by its old name', async () => {
    expect(await find({ credsStore: 'echo' }, 'b.example:1')).toMatchObject({
      password: 'secret of b.example:1',
    });
    expect(await find({ credsStore: 'echo' }, 'docker.io')).toMatchObject({
      password: 'secret of https://index.docker.io/v1/',
    });
  });

  test('give identity tokens', async () => {
    expect(await find({ credsStore: 'token' }, 'a.example')).toEqual({ identityToken: 'identity' });
  });

  test('may know nothing', async () => {
    expect(await find({ credsStore: 'empty' }, 'a.example')).toBeUndefined();
  });

  test.each(['fails', 'nonsense', 'is-not-installed', '../escape', 'with space'])(
    'that are broken like "%s" are an error that repeats nothing',
    async (name) => {
      const error = await find({ credsStore: name }, 'a.example').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'config-rejected' });
      expect(`${error} ${(error as Error).stack}`).not.toContain('LEAKED');
    },
  );

  test('are never handed a second line', async () => {
    await expect(find({ credsStore: 'echo' }, 'a.example\nb.example')).rejects.toMatchObject({
      code: 'config-rejected',
    });
  });

  test('that hang are stopped', async () => {
    const reason = new Error('too late');
    const started = performance.now();
    const abort = new AbortController();
    setTimeout(() => abort.abort(reason), 100);
    await expect(find({ credsStore: 'hangs' }, 'a.example', abort.signal)).rejects.toBe(reason);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
