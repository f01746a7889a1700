import { createHash } from 'node:crypto';
import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import type { BuildEngineOptions } from '../../../build/request.ts';
import { OpSchema } from '../proto/generated/llb_pb.ts';
import { planCaches, secretsOfCaches } from './caches.ts';
import type { Capabilities } from './capabilities.ts';
import { defineFiles } from './definition.ts';
import { readErrorDetails } from './error-details.ts';
import { planExports } from './exports.ts';
import { frontendAttributes } from './frontend-attributes.ts';
import { normaliseImageName } from './image-name.ts';
import { withoutBuiltInSyntax } from './syntax-line.ts';
import { buildkitOfDocker, parseVersion } from './versions.ts';
import { virtualEntries } from './virtual-entries.ts';

const base: BuildEngineOptions = {
  tags: [],
  buildArgs: {},
  labels: {},
  platforms: [],
  noCache: false,
  pull: false,
  secrets: [],
};
const old: Capabilities = {
  version: { major: 0, minor: 8 },
  versionKnown: true,
  store: 'docker-graph',
  platforms: [],
  messageLimitBytes: 1,
};
const graph: Capabilities = { ...old, version: { major: 0, minor: 13 } };
const containerd: Capabilities = { ...graph, store: 'docker-containerd' };
const alone: Capabilities = { ...graph, store: 'buildkitd' };

describe('defineFiles', () => {
  test('chains the files and refers to the chain by its digest', () => {
    const definition = defineFiles('name', [
      { path: 'a', content: 'A' },
      { path: 'b', content: 'B', mode: 0o755 },
    ]);
    const [write, result] = definition.def as [Uint8Array, Uint8Array];
    const digest = `sha256:${createHash('sha256').update(write).digest('hex')}`;
    expect(fromBinary(OpSchema, result).inputs[0]?.digest).toBe(digest);
    const { op } = fromBinary(OpSchema, write);
    const actions = op.case === 'file' ? op.value.actions : [];
    expect(actions.map(({ input, output }) => [input, output])).toEqual([
      [-1n, -1n],
      [0n, 0n],
    ]);
    expect(definition.metadata[digest]?.caps).toEqual({ 'file.base': true });
  });
});

describe('versions', () => {
  test.each([
    ['v0.13.2', { major: 0, minor: 13 }],
    ['0.8.4-dev', { major: 0, minor: 8 }],
    ['v0.0.0+unknown', undefined],
    ['', undefined],
  ])('%j is %j', (text, version) => expect(parseVersion(text)).toEqual(version));

  test.each([
    ['20.10.24+dfsg1', 8],
    ['22.0.0', 8],
    ['26.1.5', 13],
    ['99.0', 25],
  ])('Docker %s has BuildKit 0.%i', (text, minor) =>
    expect(buildkitOfDocker(text)).toEqual({ major: 0, minor }),
  );
});

describe('normaliseImageName', () => {
  test.each([
    ['calc', 'docker.io/library/calc:latest'],
    ['calc:1.0', 'docker.io/library/calc:1.0'],
    ['team/calc', 'docker.io/team/calc:latest'],
    ['ghcr.io/team/calc:1', 'ghcr.io/team/calc:1'],
    ['localhost/calc', 'localhost/calc:latest'],
    ['127.0.0.1:5000/a/b:c', '127.0.0.1:5000/a/b:c'],
    ['registry.example.com/a__b/c-d.e:V1', 'registry.example.com/a__b/c-d.e:V1'],
  ])('%s is %s', (name, full) => expect(normaliseImageName(name)).toBe(full));

  test.each(['', 'Calc', 'a b', 'a,b', 'a:', ':1', 'a//b', '/a', 'a:b:c', 'x@sha256:abc', 'a\n'])(
    '%j is no name',
    (name) => {
      expect(() => normaliseImageName(name)).toThrow('not an image name');
    },
  );
});

describe('planExports', () => {
  test('loads by default where there is a store', () => {
    expect(planExports({ ...base, tags: ['a', 'b:1'] }, old, 'e')).toMatchObject([
      { type: 'moby', attributes: { name: 'docker.io/library/a:latest,docker.io/library/b:1' } },
    ]);
    expect(planExports(base, alone, 'e')).toEqual([]);
  });

  test('pushes with the image exporter', () => {
    const options: BuildEngineOptions = {
      ...base,
      tags: ['r.example/a:1'],
      outputs: [{ type: 'push', compression: 'zstd', forceCompression: true }],
    };
    expect(planExports(options, containerd, 'e')[0]).toMatchObject({
      type: 'image',
      attributes: { push: 'true', compression: 'zstd', 'force-compression': 'true' },
    });
  });

  test('does not push what has no name', () => {
    expect(() => planExports({ ...base, outputs: [{ type: 'push' }] }, containerd, 'e')).toThrow(
      'without a tag',
    );
  });

  test.each([
    [
      'several outputs',
      old,
      [
        { type: 'tar', destination: 'x' },
        { type: 'local', path: 'y' },
      ],
    ],
    ['the output "oci"', graph, [{ type: 'oci', destination: 'x' }]],
    ['pushing', graph, [{ type: 'push' }]],
  ] as const)('refuses %s where the engine lacks it', (what, capabilities, outputs) => {
    expect(() => planExports({ ...base, tags: ['a'], outputs }, capabilities, 'e')).toThrow(what);
  });
});

describe('planCaches', () => {
  test('writes every kind as engines take it', () => {
    const options: BuildEngineOptions = {
      ...base,
      cacheFrom: [{ type: 'registry', reference: 'r/c' }],
      cacheTo: [
        { type: 'registry', reference: 'r/c', mode: 'max', ignoreError: true },
        { type: 'gha', scope: 'main', token: 't' },
        { type: 's3', region: 'eu', bucket: 'b', usePathStyle: true },
      ],
    };
    expect(planCaches(options, alone, 'e')).toEqual({
      imports: [{ type: 'registry', attrs: { ref: 'r/c' } }],
      exports: [
        { type: 'registry', attrs: { ref: 'r/c', mode: 'max', 'ignore-error': 'true' } },
        { type: 'gha', attrs: { scope: 'main', token: 't' } },
        { type: 's3', attrs: { region: 'eu', bucket: 'b', use_path_style: 'true' } },
      ],
    });
  });

  test('tells which of their options nobody may see', () => {
    const s3 = { type: 's3', region: 'eu', bucket: 'b', accessKeyId: 'id' } as const;
    const cacheFrom = [{ ...s3, secretAccessKey: 'key', sessionToken: 'session' }];
    const cacheTo = [{ type: 'gha', scope: 'main', token: 'token' }, s3, { type: 'inline' }] as const;
    expect(secretsOfCaches({ ...base, cacheFrom, cacheTo })).toEqual(['key', 'session', 'token']);
  });

  test('refuses what a graph store can not do', () => {
    expect(() =>
      planCaches({ ...base, cacheTo: [{ type: 'registry', reference: 'r/c' }] }, graph, 'e'),
    ).toThrow('writing a cache of type "registry"');
    expect(
      planCaches(
        { ...base, cacheTo: [{ type: 'inline' }], cacheFrom: [{ type: 'registry', reference: 'r/c' }] },
        old,
        'e',
      ).exports,
    ).toHaveLength(1);
  });
});

describe('frontendAttributes', () => {
  test('names everything as the frontend reads it', () => {
    const options: BuildEngineOptions = {
      ...base,
      target: 't',
      buildArgs: { A: '1' },
      labels: { l: 'v' },
      platforms: ['linux/amd64', 'linux/arm64'],
      noCache: ['a', 'b'],
      network: 'host',
      extraHosts: { db: '10.0.0.1' },
      ulimits: { nofile: { soft: 1, hard: 2 } },
      shmSizeBytes: 64,
      sourceDateEpoch: 7,
      attestations: { sbom: true, provenance: 'max' },
    };
    expect(frontendAttributes(options, alone, 'e')).toEqual({
      filename: 'Dockerfile',
      target: 't',
      'build-arg:A': '1',
      'label:l': 'v',
      platform: 'linux/amd64,linux/arm64',
      'no-cache': 'a,b',
      'force-network-mode': 'host',
      'add-hosts': 'db=10.0.0.1',
      ulimit: 'nofile=1:2',
      'shm-size': '64',
      'build-arg:SOURCE_DATE_EPOCH': '7',
      'attest:sbom': '',
      'attest:provenance': 'mode=max',
    });
  });

  test('asks for minimal provenance by default where it has a place, but not in a reproducible build', () => {
    expect(frontendAttributes(base, containerd, 'e')['attest:provenance']).toBe('mode=min,inline-only=true');
    expect(frontendAttributes(base, graph, 'e')).not.toHaveProperty('attest:provenance');
    expect(frontendAttributes({ ...base, sourceDateEpoch: 1 }, alone, 'e')).not.toHaveProperty(
      'attest:provenance',
    );
    expect(
      frontendAttributes({ ...base, attestations: { provenance: false } }, alone, 'e'),
    ).not.toHaveProperty('attest:provenance');
  });

  test.each([
    [{ sourceDateEpoch: 1 }, old],
    [{ rewriteTimestamps: true }, old],
    [{ ulimits: { a: { soft: 1, hard: 1 } } }, old],
    [{ shmSizeBytes: 1 }, old],
    [{ platforms: ['a', 'b'] }, graph],
    [{ attestations: { sbom: true } }, graph],
  ])('refuses %j where the engine would ignore it', (options, capabilities) => {
    expect(() => frontendAttributes({ ...base, ...options }, capabilities, 'e')).toThrow('does not support');
  });

  test.each([
    { extraHosts: { 'a,b': '1' } },
    { extraHosts: { a: '1,b=2' } },
    { platforms: ['a,b'] },
    { noCache: ['a,b'] },
  ])('refuses %j, which would mean something else in a list', (options) => {
    expect(() => frontendAttributes({ ...base, ...options }, alone, 'e')).toThrow('must not hold');
  });
});

describe('withoutBuiltInSyntax', () => {
  const withLine = { text: '# syntax=docker/dockerfile:1.4\nFROM scratch\n', steps: [] };

  test('keeps the engine from fetching what it has, and every line where it is', () => {
    const { text } = withoutBuiltInSyntax(withLine, { major: 0, minor: 13 });
    expect(text).not.toContain('syntax=');
    expect(text.split('\n')).toHaveLength(3);
  });

  test('leaves the line where the engine is too old', () => {
    expect(withoutBuiltInSyntax(withLine, { major: 0, minor: 8 })).toBe(withLine);
  });

  test('leaves other frontends alone', () => {
    const other = { text: '# syntax=example.com/own:1\nFROM scratch\n', steps: [] };
    expect(withoutBuiltInSyntax(other, { major: 0, minor: 20 })).toBe(other);
  });
});

test('virtual files of other content have another time', async () => {
  const times = new Set<bigint>();
  for (const content of ['AAA', 'BBB', 'CCC']) {
    for await (const entry of virtualEntries([{ path: 'f', content }])) times.add(entry.mtimeNs);
  }
  expect(times.size).toBe(3);
});

test('error details are read where they are known, and passed over where they are broken', () => {
  const detail = (typeUrl: string, value: string) => ({ typeUrl, value: Buffer.from(value) });
  expect(
    readErrorDetails([
      detail('github.com/moby/buildkit/stack.Stack+json', '{}'),
      detail(
        'github.com/moby/buildkit/errdefs.Source+json',
        '{"ranges":[{"start":{"line":3}},{"start":{"line":4}}]}',
      ),
      detail('github.com/moby/buildkit/errdefs.Vertex+json', '{"digest":"sha256:x"}'),
      detail('github.com/moby/buildkit/gatewayapi.ExitMessage+json', '{"Code":42}'),
      detail('github.com/moby/buildkit/errdefs.Source+json', 'not json'),
    ]),
  ).toEqual({ line: 3, vertex: 'sha256:x', exitCode: 42 });
});
