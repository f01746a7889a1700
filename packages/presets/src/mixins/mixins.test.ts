import { arg, expand, final, type ShellCapability, type Stage, stage, toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { defineBase } from '../define-base/define-base.ts';
import { slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { startFrom } from '../runtime/start-from.ts';
import { caCertificates } from './ca-certificates.ts';
import { debugVariant } from './debug-variant.ts';
import { depsFirst } from './deps-first.ts';
import { dockerignore } from './dockerignore.ts';
import { locale, timezone } from './environment.ts';
import { gitClone } from './git-clone.ts';
import { harden } from './harden.ts';
import { healthcheck } from './healthcheck.ts';
import { init } from './init.ts';
import { installRoot } from './install-root.ts';
import { nonRoot } from './non-root.ts';
import { ociLabels } from './oci-labels.ts';
import { apk, apt, dnf } from './packages.ts';
import { registryAuth } from './registry-auth.ts';
import { reproducible } from './reproducible.ts';
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

test('packages are unpacked into an image without a package manager', async () => {
  const image = final()
    .distroless('cc')
    .with(installRoot(['libpq5', 'libxml2']))
    .copyFrom(app, '/app', '/app');
  await expectGolden('mixins/install-root', image);
  expectRefusal(() => installRoot(['libpq5; reboot']), 'invalid-value');
  expectRefusal(() => apt(['$(reboot)'])(stage('a').from('debian:13')), 'invalid-value');
});

const commit = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12';
const directory = '/src';

test('a repository is cloned without leaving a key or a token in a layer', async () => {
  const source = stage('source')
    .from('debian:13-slim')
    .with(apt(['ca-certificates', 'git', 'openssh-client']))
    .with(gitClone('https://example.com/public.git', { commit, directory }))
    .with(gitClone('https://example.com/private.git', { commit, directory: '/a', access: { token: 'git' } }))
    .with(
      gitClone('git@git.example.com:org/app.git', {
        commit,
        directory: '/b',
        access: 'ssh',
        knownHosts: ['git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE+x/='],
      }),
    );
  const image = final().distroless('static').copyFrom(source, directory, directory);
  await expectGolden('mixins/git-clone', image);
});

test.each([
  ['a branch', 'https://example.com/a.git', { commit: 'main', directory }],
  ['a password in the address', 'https://me:secret@example.com/a.git', { commit, directory }],
  ['a command in the address', 'https://example.com/$(reboot)', { commit, directory }],
  ['an option in the address', '--upload-pack=reboot', { commit, directory }],
  ['a relative directory', 'https://example.com/a.git', { commit, directory: 'src' }],
  ['ssh without known hosts', 'git@example.com:a.git', { commit, directory, access: 'ssh' as const }],
  [
    'a quote in known hosts',
    'git@example.com:a.git',
    { commit, directory, access: 'ssh' as const, knownHosts: ["a'b c d"] },
  ],
])('gitClone refuses %s', (_name, url, options) => {
  expectRefusal(() => gitClone(url, options), 'invalid-value');
});

test.each(['buildkit', 'classic'] as const)(
  'dependencies come first, for the %s profile',
  async (profile) => {
    const build = stage('build')
      .from('ruby:3.4')
      .workdir('/out/app')
      .with(
        depsFirst({
          manifests: ['Gemfile', 'Gemfile.lock'],
          install: ['bundle install'],
          caches: [{ id: 'gems', target: '/cache' }],
          profile,
        }),
      )
      .with(reproducible('/out'));
    const image = final()
      .from('ruby:3.4-slim')
      .copyFrom(build, '/out/', '/')
      .user('1000')
      .cmd(['ruby', '/app/a.rb']);
    await expectGolden(`mixins/deps-first-${profile}`, image, profile);
  },
);

test('the debug variant has what the final stage has, and a shell', async () => {
  const make = <C extends ShellCapability>(image: Stage<C>): Stage<C> =>
    image
      .copyFrom(app, '/app', '/app')
      .with(healthcheck(distroless('nodejs24'), { http: '/up' }, 3000))
      .cmd(['/app']);
  await expectGolden('mixins/healthcheck', make(startFrom(final(), distroless('nodejs24'))));
  const text = await expectGolden('mixins/debug', debugVariant(distroless('nodejs24'), make));
  expect(text).toContain('-debian13:debug-nonroot AS debug');
  expectRefusal(() => debugVariant(slim(), make), 'invalid-options');
  expectRefusal(() => healthcheck(distroless('static'), { http: '/' }), 'invalid-options');
});
