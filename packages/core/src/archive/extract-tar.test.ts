import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Header, pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractTar } from './extract-tar.ts';

type Entry = Partial<Header> & { readonly name: string; readonly content?: string };

async function* archive(...entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  const packing = pack();
  for (const { content, ...header } of entries) packing.entry(header, content ?? '');
  packing.finalize();
  yield* packing as AsyncIterable<Uint8Array>;
}

describe('extractTar', () => {
  let parent: string;
  let root: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'stagecraft-extract-'));
    root = join(parent, 'out');
  });

  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('unpacks files, directories and links with their modes', async () => {
    await extractTar(
      archive(
        { name: 'bin/', type: 'directory', mode: 0o755 },
        { name: 'bin/app', mode: 0o4755, content: 'program' },
        { name: 'bin/again', type: 'link', mode: 0o4755, linkname: 'bin/app' },
        { name: 'app', type: 'symlink', linkname: 'bin/app' },
      ),
      root,
    );
    expect(readFileSync(join(root, 'bin/app'), 'utf8')).toBe('program');
    expect(lstatSync(join(root, 'bin/app')).mode & 0o7777).toBe(0o755);
    expect(lstatSync(join(root, 'bin/again')).ino).toBe(lstatSync(join(root, 'bin/app')).ino);
    expect(readlinkSync(join(root, 'app'))).toBe('bin/app');
  });

  it.each(['../evil', 'a/../../evil', '/evil', 'a/..'])('refuses the name "%s"', async (name) => {
    await expect(extractTar(archive({ name, content: 'x' }), root)).rejects.toMatchObject({
      code: 'output-failed',
      message: `"${name}" in the archive leads out of the directory.`,
    });
    expect(readdirSync(parent)).toEqual(['out']);
    expect(readdirSync(root)).toEqual([]);
  });

  it.each(['/etc', '..', '../..', 'a/../../x'])(
    'refuses a link to "%s", and leaves it out on demand',
    async (linkname) => {
      const link: Entry = { name: 'link', type: 'symlink', linkname };
      await expect(extractTar(archive(link), root)).rejects.toMatchObject({ code: 'output-failed' });
      const skipped: string[] = [];
      await extractTar(archive(link, { name: 'file', content: 'x' }), root, {
        escapingLinks: 'skip',
        onSkipped: (path) => skipped.push(path),
      });
      expect(readdirSync(root)).toEqual(['file']);
      expect(skipped).toEqual(['link']);
    },
  );

  it('never writes through a link, even when it may keep it', async () => {
    const entries: Entry[] = [
      { name: 'link', type: 'symlink', linkname: parent },
      { name: 'link/evil', content: 'x' },
    ];
    await expect(extractTar(archive(...entries), root, { escapingLinks: 'keep' })).rejects.toMatchObject({
      code: 'output-failed',
    });
    expect(readlinkSync(join(root, 'link'))).toBe(parent);
    expect(existsSync(join(parent, 'evil'))).toBe(false);
  });

  it('replaces a link that stands where a file belongs instead of writing to its target', async () => {
    await extractTar(archive({ name: 'first', content: '' }), root);
    symlinkSync(join(parent, 'target'), join(root, 'file'));
    await extractTar(archive({ name: 'file', content: 'x' }), root);
    expect(existsSync(join(parent, 'target'))).toBe(false);
    expect(lstatSync(join(root, 'file')).isFile()).toBe(true);
  });

  it('refuses a hard link to a file outside', async () => {
    const entry: Entry = { name: 'link', type: 'link', linkname: '../../../../../../etc/passwd' };
    await expect(extractTar(archive(entry), root)).rejects.toMatchObject({ code: 'output-failed' });
    expect(readdirSync(root)).toEqual([]);
  });

  it('leaves devices and pipes out', async () => {
    const skipped: string[] = [];
    const onSkipped = (path: string): void => void skipped.push(path);
    await extractTar(
      archive(
        { name: 'null', type: 'character-device', devmajor: 1, devminor: 3 },
        { name: 'pipe', type: 'fifo' },
      ),
      root,
      { onSkipped },
    );
    expect(readdirSync(root)).toEqual([]);
    expect(skipped).toEqual(['null', 'pipe']);
  });

  it('stops at the limits', async () => {
    const two = () =>
      archive({ name: 'a', content: 'x'.repeat(600) }, { name: 'b', content: 'x'.repeat(600) });
    await expect(extractTar(two(), root, { entryLimit: 1 })).rejects.toMatchObject({
      message: '"b" in the archive exceeds the number of entries.',
    });
    await expect(extractTar(two(), root, { bytesLimit: 1000 })).rejects.toMatchObject({
      message: '"b" in the archive exceeds the size limit.',
    });
    expect(readdirSync(root)).toEqual(['a']);
  });

  it('drops leading components', async () => {
    await extractTar(archive({ name: 'top/dir/file', content: 'x' }), root, { strip: 1 });
    expect(readFileSync(join(root, 'dir/file'), 'utf8')).toBe('x');
  });

  it('passes an error of its source on, and stops when it is aborted', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(512);
      throw new Error('cut');
    }
    await expect(extractTar(broken(), root)).rejects.toMatchObject({ code: 'output-failed', hint: 'cut.' });
    await expect(
      extractTar(archive({ name: 'a', content: 'x' }), root, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });

  it('fails for a truncated archive', async () => {
    async function* cut(): AsyncGenerator<Uint8Array> {
      let whole = Buffer.alloc(0);
      for await (const chunk of archive({ name: 'a', content: 'x'.repeat(2000) }))
        whole = Buffer.concat([whole, chunk]);
      yield whole.subarray(0, 1000);
    }
    await expect(extractTar(cut(), root)).rejects.toMatchObject({ code: 'output-failed' });
  });

  it('refuses a file as its directory', async () => {
    await extractTar(archive({ name: 'file', content: 'x' }), root);
    await expect(extractTar(archive(), join(root, 'file'))).rejects.toMatchObject({ code: 'output-failed' });
  });
});
