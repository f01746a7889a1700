import { expect, test } from 'vitest';
import { registriesOf } from '../classic/base-images.ts';
import { parseReference, registryHost } from './reference.ts';
import { buildHeaders, pushHeaders } from './registry-headers.ts';

test.each([
  ['busybox', 'docker.io'],
  ['team/app:1', 'docker.io'],
  ['index.docker.io/team/app', 'docker.io'],
  ['ghcr.io/team/app', 'ghcr.io'],
  ['localhost/app', 'localhost'],
  ['127.0.0.1:5000/app:1', '127.0.0.1:5000'],
])('%s comes from %s', (image, host) => {
  expect(registryHost(image)).toBe(host);
});

test('takes names apart and refuses what is no tag', () => {
  expect(parseReference('127.0.0.1:5000/a/b:1')).toEqual({
    host: '127.0.0.1:5000',
    name: '127.0.0.1:5000/a/b',
    tag: '1',
  });
  expect(parseReference('app')).toEqual({ host: 'docker.io', name: 'app', tag: 'latest' });
  for (const text of ['', 'a@sha256:0', 'a:b:c', 'a:', '/a']) {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
  }
});

test('finds the registries a Dockerfile pulls from, variables filled in, stages left out', () => {
  const text = [
    'ARG REGISTRY=registry.example',
    'ARG TAG',
    'FROM --platform=linux/amd64 ${REGISTRY}/base:${TAG:-1} AS builder',
    'COPY --chown=1:1 --from=mirror.example:5000/tools /a /a',
    'FROM builder AS second',
    'COPY --from=builder /a /a',
    'COPY --from=0 /a /a',
    'FROM scratch',
  ].join('\n');
  expect(registriesOf(text, {})).toEqual(['registry.example', 'mirror.example:5000']);
  expect(registriesOf(text, { REGISTRY: 'other.example' })).toEqual(['other.example', 'mirror.example:5000']);
});

test('asks for credentials of exactly these hosts, and words them for the engine', async () => {
  const asked: string[] = [];
  const credentials = {
    find: async (host: string) => {
      asked.push(host);
      if (host === 'docker.io') return { username: 'bob', password: 'ü?>~~' };
      return host === 'token.example' ? { identityToken: 'secret' } : undefined;
    },
  };
  const headers = await buildHeaders(['docker.io', 'token.example', 'none.example'], credentials);
  const decoded = JSON.parse(Buffer.from(headers['X-Registry-Config'] ?? '', 'base64url').toString());
  expect(headers['X-Registry-Config']).not.toMatch(/[+/]/u);
  expect(decoded).toEqual({
    'https://index.docker.io/v1/': {
      username: 'bob',
      password: 'ü?>~~',
      serveraddress: 'https://index.docker.io/v1/',
    },
    'token.example': { identitytoken: 'secret', serveraddress: 'token.example' },
  });
  expect(asked).toEqual(['docker.io', 'token.example', 'none.example']);
  expect(await pushHeaders('none.example', credentials)).toEqual({ 'X-Registry-Auth': 'e30=' });
  expect(await buildHeaders(['none.example'], credentials)).toEqual({});
});
