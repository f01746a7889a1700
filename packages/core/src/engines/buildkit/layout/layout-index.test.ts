import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorOf } from '../../../../test/engines/support/expect-error.ts';
import { withDirectory } from '../../../../test/engines/support/temporary.ts';
import { findManifest, nameManifest } from './layout-index.ts';

const mediaType = 'application/vnd.oci.image.index.v1+json';
const descriptor = (digit: string): { mediaType: string; digest: string; size: number } => ({
  mediaType,
  digest: `sha256:${digit.repeat(64)}`,
  size: 7,
});

test('a tag names the last manifest it was given, and other tags stay', () =>
  withDirectory(async (path) => {
    const layout = join(path, 'new/cache');
    await nameManifest(layout, 'latest', descriptor('a'));
    await nameManifest(layout, 'next', descriptor('b'));
    await nameManifest(layout, 'latest', descriptor('c'));
    expect((await findManifest(layout, 'latest'))?.digest).toBe(descriptor('c').digest);
    expect((await findManifest(layout, 'next'))?.digest).toBe(descriptor('b').digest);
    expect(await findManifest(layout, 'gone')).toBeUndefined();
    expect(readFileSync(join(layout, 'oci-layout'), 'utf8')).toBe('{"imageLayoutVersion":"1.0.0"}\n');
  }));

test('a directory that is not there has no manifest', async () => {
  expect(await findManifest('/nowhere', 'latest')).toBeUndefined();
});

test('entries that are no descriptors are passed over', () =>
  withDirectory(async (path) => {
    const annotations = { 'org.opencontainers.image.ref.name': 'latest' };
    const manifests = [null, 1, { annotations }, { ...descriptor('a'), digest: 'sha256:../x', annotations }];
    writeFileSync(join(path, 'index.json'), JSON.stringify({ manifests }));
    expect(await findManifest(path, 'latest')).toBeUndefined();
  }));

test('an index that is no JSON is told', () =>
  withDirectory(async (path) => {
    writeFileSync(join(path, 'index.json'), '{"manifests":[');
    const error = await errorOf(findManifest(path, 'latest'));
    expect(error.code).toBe('invalid-value');
    expect(error.message).toContain('index.json');
  }));
