import { expect, test } from 'vitest';
import { toCacheSource, toCacheTarget } from './caches.ts';
import { toContexts } from './contexts.ts';
import { takesStdout, toOutput } from './outputs.ts';
import { toRecord } from './pairs.ts';
import { toSecret } from './secrets.ts';
import { toSsh } from './ssh.ts';

test('reads caches as buildx writes them', () => {
  expect(toCacheSource('registry.example.com/app:cache')).toEqual({
    type: 'registry',
    reference: 'registry.example.com/app:cache',
  });
  expect(toCacheSource('type=local,src=/cache,digest=sha256:1')).toEqual({
    type: 'local',
    path: '/cache',
    digest: 'sha256:1',
  });
  expect(toCacheTarget('type=registry,ref=r/a:c,mode=max,ignore-error=true,oci-mediatypes=false')).toEqual({
    type: 'registry',
    reference: 'r/a:c',
    mode: 'max',
    ignoreError: true,
    ociMediaTypes: false,
  });
  expect(toCacheTarget('inline')).toEqual({ type: 'inline' });
  expect(toCacheTarget('type=gha,scope=main,mode=min')).toEqual({ type: 'gha', scope: 'main', mode: 'min' });
  expect(toCacheSource('type=s3,region=eu,bucket=b,use_path_style=true,endpoint_url=https://s3')).toEqual({
    type: 's3',
    region: 'eu',
    bucket: 'b',
    usePathStyle: true,
    endpointUrl: 'https://s3',
  });
});

test('reads outputs as buildx writes them, and knows which take standard output', () => {
  expect(toOutput('out')).toEqual({ type: 'local', path: 'out' });
  expect(toOutput('type=oci,"dest=a,b.tar"')).toEqual({ type: 'oci', destination: 'a,b.tar' });
  expect(toOutput('type=docker')).toEqual({ type: 'load' });
  expect(toOutput('type=registry')).toEqual({ type: 'push' });
  expect(toOutput('type=image,push=true')).toEqual({ type: 'push' });
  expect(toOutput('type=image')).toEqual({ type: 'load' });
  expect(takesStdout([toOutput('-')])).toBe(true);
  expect(takesStdout([toOutput('type=oci,dest=-')])).toBe(true);
  expect(takesStdout([toOutput('type=oci,dest=file')])).toBe(false);
});

test('reads pairs, secrets, contexts and keys', () => {
  expect(toRecord('build-arg', ['A=1=2', 'B=', 'C', 'D'], { C: 'from there' })).toEqual({
    A: '1=2',
    B: '',
    C: 'from there',
  });
  expect(toSecret('id=npmrc,src=.npmrc')).toEqual(['npmrc', { file: '.npmrc' }]);
  expect(toSecret('type=env,id=token,env=TOKEN')).toEqual(['token', { env: 'TOKEN' }]);
  expect(toSecret('id=TOKEN')).toEqual(['TOKEN', { env: 'TOKEN' }]);
  expect(toContexts(['a=docker-image://alpine:3.22', 'b=../b', 'c=https://example.com/x.git'])).toEqual({
    a: { image: 'alpine:3.22' },
    b: '../b',
    c: { url: 'https://example.com/x.git' },
  });
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(
    toContexts(['a=oci-layout://./out', 'b=oci-layout:///out:1.2', `c=oci-layout://out:x@${digest}`]),
  ).toEqual({
    a: { layout: './out' },
    b: { layout: '/out', tag: '1.2' },
    c: { layout: 'out', tag: 'x', digest },
  });
  expect(toSsh('deploy=one,two')).toEqual({ id: 'deploy', keyFiles: ['one', 'two'] });
});

test.each([
  [() => toRecord('label', ['name']), '--label "name" has no name and value.'],
  [() => toRecord('build-arg', ['=x'], {}), '--build-arg "=x" has no name and value.'],
  [() => toSecret('src=file'), '--secret "src=file" is not understood.'],
  [() => toSecret('id=a,file=b'), '--secret "id=a,file=b" has an unknown field "file".'],
  [() => toCacheSource('type=registry'), '--cache-from "type=registry" has no "ref".'],
  [() => toCacheSource('type=inline'), '--cache-from "type=inline" is not understood.'],
  [
    () => toCacheTarget('type=local,dest=x,mode=most'),
    '--cache-to "type=local,dest=x,mode=most" is not understood.',
  ],
  [() => toOutput('type=oci'), '--output "type=oci" has no "dest".'],
  [() => toSsh('=x'), '--ssh "=x" names no agent and no key.'],
])('refuses %s', (read, message) => {
  expect(read).toThrow(
    expect.objectContaining({ code: 'invalid-options', message, hint: expect.any(String) }),
  );
});
