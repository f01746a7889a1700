import { expect, test } from 'vitest';
import { formatPlatform, normalizePlatform, parsePlatform } from './platform.ts';

test.each([
  ['linux/amd64', 'linux/amd64', 'linux/amd64'],
  ['linux/arm64/v8', 'linux/arm64/v8', 'linux/arm64'],
  ['linux/arm64', 'linux/arm64', 'linux/arm64'],
  ['linux/arm/v7', 'linux/arm/v7', 'linux/arm/v7'],
  ['linux/arm', 'linux/arm', 'linux/arm/v7'],
  ['linux/arm/v6', 'linux/arm/v6', 'linux/arm/v6'],
  ['x86_64', 'linux/amd64', 'linux/amd64'],
  ['aarch64', 'linux/arm64', 'linux/arm64'],
  ['windows', 'windows/amd64', 'windows/amd64'],
  ['macOS/arm64', 'darwin/arm64', 'darwin/arm64'],
  ['windows(10.0.1)/amd64', 'windows(10.0.1)/amd64', 'windows(10.0.1)/amd64'],
  ['linux/amd64/v2', 'linux/amd64/v2', 'linux/amd64/v2'],
])('%s is %s, canonically %s', (text, formatted, normalized) => {
  const platform = parsePlatform(text);
  expect([formatPlatform(platform), formatPlatform(normalizePlatform(platform))]).toEqual([
    formatted,
    normalized,
  ]);
});

test.each(['bad/', '', 'linux/amd64/v1/x', 'nowhere', 'linux/a b'])('"%s" is refused', (text) => {
  expect(() => parsePlatform(text)).toThrow();
});
