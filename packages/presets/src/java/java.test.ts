import { toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { expectGolden } from '../../test/expect-golden.ts';
import { expectRefusal } from '../../test/expect-refusal.ts';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { type JavaOptions, java } from './java.ts';

const files = memoryFiles({ 'pom.xml': '<project/>' });
const gradle = {
  gradlew: '',
  'settings.gradle.kts': '',
  'build.gradle.kts': '',
  'gradle/libs.versions.toml': '',
};

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    await expectGolden(`java/${profile}`, java({ files, profile, port: 8080 }).final, profile);
  },
);

test.each<[string, JavaOptions<'no-shell'>]>([
  ['jlink', { jlink: true }],
  ['jlink-modules', { jlink: ['java.base', 'java.net.http'], flags: [] }],
  ['module', { module: 'services/api', settingsXml: 'maven-settings' }],
  ['gradle', { files: memoryFiles(gradle) }],
  ['spring', { files: memoryFiles({ 'pom.xml': '<groupId>org.springframework.boot</groupId>' }), flags: [] }],
])('prints a Dockerfile with %s', async (name, options) => {
  await expectGolden(`java/${name}`, java({ files, ...options }).final);
});

test('java -jar stands there once, with flags or without', () => {
  expect(toDockerfile(java({ files, flags: [] }).final)).toMatch(/^CMD \["app.jar"\]$/mu);
  expect(toDockerfile(java({ files, flags: ['-Xmx1g'] }).final)).toMatch(
    /^ENTRYPOINT \["\/usr\/bin\/java", "-Xmx1g", "-jar"\]\nCMD \["app.jar"\]$/mu,
  );
});

test('has a debug target with a shell', () => {
  expect(java({ files }).debug).toBeDefined();
});

test.each([
  ['no build file', () => java({ files: memoryFiles({}) }), 'project-unsupported'],
  [
    'two build files',
    () => java({ files: memoryFiles({ ...gradle, 'pom.xml': '' }) }),
    'project-unsupported',
  ],
  ['a version distroless lacks', () => java({ files, version: '25' }), 'project-unsupported'],
  [
    'an older runtime',
    () => java({ files, version: '21', runtime: distroless('java17', { debian: 12 }) }),
    'project-unsupported',
  ],
  ['a runtime without Java', () => java({ files, runtime: slim() }), 'project-unsupported'],
  [
    'jlink onto a runtime with Java',
    () => java({ files, jlink: true, runtime: distroless('java21') }),
    'project-unsupported',
  ],
  [
    'a secret on classic',
    () => java({ files, settingsXml: 'm2', profile: 'classic' }),
    'unsupported-feature',
  ],
  ['a flag that is none', () => java({ files, flags: ['Xmx1g'] }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  expectRefusal(act, code);
});
