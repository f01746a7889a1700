import { isStagecraftError, parseDockerfile, toDockerfile } from '@stagecraft/core';
import { expect, test } from 'vitest';
import { memoryFiles } from '../project/memory-files.ts';
import { slim } from '../runtime/distributions.ts';
import { distroless } from '../runtime/distroless.ts';
import { scratch } from '../runtime/scratch.ts';
import { go } from './go.ts';

const files = memoryFiles({
  'go.mod': 'module example.com/app\n',
  'go.sum': '',
  'main.go': 'package main\n',
});
const golden = (name: string): string => `../../test/golden/go/${name}.Dockerfile`;

test.each(['modern', 'buildkit', 'classic'] as const)(
  'prints a Dockerfile for the %s profile',
  async (profile) => {
    const text = toDockerfile(go({ files, profile, port: 8080 }).final, { profile });
    await expect(text).toMatchFileSnapshot(golden(profile));
    expect(parseDockerfile(text).stages).toHaveLength(2);
  },
);

test('scratch runs as a numeric user, because there is no passwd', async () => {
  const text = toDockerfile(go({ files, runtime: scratch() }).final, { profile: 'buildkit' });
  await expect(text).toMatchFileSnapshot(golden('scratch'));
});

test('a distribution can run it too', () => {
  expect(toDockerfile(go({ files, runtime: slim() }).final)).toContain('USER 65532:65532');
});

test('vendored modules are not downloaded', () => {
  const vendored = memoryFiles({ 'go.mod': '', 'vendor/modules.txt': '' });
  const text = toDockerfile(go({ files: vendored }).final);
  expect(text).not.toContain('go mod download');
  expect(text).toContain('-mod=vendor');
});

test('the stages can be extended', () => {
  expect(toDockerfile(go({ files }).final.stopSignal('SIGINT'))).toContain('STOPSIGNAL SIGINT');
});

test.each([
  ['no go.mod', () => go({ files: memoryFiles({}) }), 'project-unsupported'],
  [
    'a runtime for another language',
    () => go({ files, runtime: distroless('nodejs24') }),
    'project-unsupported',
  ],
  ['an unknown option', () => go({ files, mian: '.' } as never), 'invalid-options'],
  [
    'a package that would be read by the shell',
    () => go({ files, main: './app; reboot' }),
    'invalid-options',
  ],
  ['a version that is none', () => go({ files, version: 'latest' }), 'invalid-options'],
])('%s is refused with what to do', (_name, act, code) => {
  try {
    act();
  } catch (error) {
    expect(isStagecraftError(error) && [error.code, error.hint !== undefined]).toEqual([code, true]);
    return;
  }
  throw new Error('Nothing was thrown.');
});
