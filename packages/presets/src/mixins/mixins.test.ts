import { arg, expand, final, stage, toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { defineBase } from '../define-base/define-base.ts';
import { caCertificates } from './ca-certificates.ts';
import { dockerignore } from './dockerignore.ts';
import { locale, timezone } from './environment.ts';
import { harden } from './harden.ts';
import { init } from './init.ts';
import { nonRoot } from './non-root.ts';
import { ociLabels } from './oci-labels.ts';
import { apk, apt, dnf } from './packages.ts';
import { registryAuth } from './registry-auth.ts';
import { sidecar } from './sidecar.ts';
import { writableDirectories } from './writable-directories.ts';

const app = stage('app').from('busybox:1.37').run('echo > /app');

test('mixins that need no shell fit distroless', async () => {
  const image = final()
    .distroless('static')
    .copyFrom(app, '/app', '/app')
    .with(caCertificates({ files: ['corp.pem'] }))
    .with(timezone('Europe/Berlin'))
    .with(locale())
    .with(writableDirectories(['/data', '/cache']))
    .with(init({ entrypoint: ['/app'] }))
    .with(ociLabels({ title: 'app', version: '1.0.0', licenses: 'Apache-2.0' }));
  await expectGolden('mixins/distroless', image);
});

test.each(['buildkit', 'classic'] as const)(
  'mixins that need a shell, for the %s profile',
  async (profile) => {
    const image = final()
      .from('debian:13-slim')
      .with(apt(['curl', 'ca-certificates'], { profile }))
      .with(harden())
      .with(nonRoot());
    await expectGolden(`mixins/debian-${profile}`, image, profile);
  },
);

test('packages of Alpine and Fedora', async () => {
  const alpine = stage('alpine')
    .from('alpine:3.24')
    .with(apk(['git', 'curl']))
    .with(nonRoot({ distribution: 'alpine', uid: 1000 }));
  await expectGolden('mixins/alpine', alpine);
  await expectGolden(
    'mixins/fedora',
    final()
      .from('fedora:43')
      .with(dnf(['git']))
      .user('65532:65532'),
  );
});

test('credentials are a secret of one RUN', () => {
  const text = toDockerfile(
    stage('a')
      .from('node:24')
      .run('npm ci', { mounts: [registryAuth('npm')] }),
  );
  expect(text).toContain('--mount=type=secret,id=npmrc,target=/root/.npmrc,required=true');
});

test('an ignore file keeps what is brought back', () => {
  expect(dockerignore('php', ['vendor/bin']).split('\n').slice(-3)).toEqual(['vendor', '!vendor/bin', '']);
});

test('a sidecar shares processes and network', () => {
  expect(sidecar('shop').docker).toContain('--pid=container:shop --network=container:shop');
});

test('a base is applied to any image', async () => {
  const acme = defineBase({
    labels: { team: 'shop' },
    env: { COMPANY: 'acme' },
    caFiles: ['corp.pem'],
    user: '1001:1001',
    registryMirror: 'registry.example.com/mirror',
  });
  const text = await expectGolden(
    'mixins/base',
    final().distroless('static').copyFrom(app, '/app', '/app').with(acme),
  );
  expect(text).toContain('FROM registry.example.com/mirror/gcr.io/distroless/static-debian13:nonroot');
  expect(text).toContain('FROM registry.example.com/mirror/library/busybox:1.37 AS app');
});

test('an image whose registry is a variable is refused', () => {
  const anywhere = final().from(expand`${arg('BASE', 'debian:13')}`);
  expectRefusal(() => anywhere.with(defineBase({ registryMirror: 'registry.example.com' })), 'invalid-value');
});

test('a user that is no number is refused', () => {
  expectRefusal(() => defineBase({ user: 'app' }), 'invalid-options');
});
