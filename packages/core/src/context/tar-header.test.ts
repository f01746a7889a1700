import { describe, expect, it } from 'vitest';
import { readTar } from '../../test/context-support/read-tar.ts';
import { endOfArchive, type TarHeader, writeTarHeader } from './tar-header.ts';
import { createChunkBuffer } from './tar-output.ts';

const plain: TarHeader = {
  name: 'file',
  type: 'file',
  mode: 0o644,
  sizeBytes: 0,
  mtimeSeconds: 1_700_000_000,
};

function written(header: Partial<TarHeader>): Buffer {
  const output = createChunkBuffer();
  writeTarHeader(output, { ...plain, ...header });
  output.append(endOfArchive());
  return Buffer.concat(output.take(true));
}

describe('writeTarHeader', () => {
  it('needs a single block for an ordinary file', () => {
    const bytes = written({});
    expect(bytes).toHaveLength(512 + 1024);
    expect(bytes.toString('latin1', 257, 265)).toBe('ustar\u000000');
  });

  it.each<[string, Partial<TarHeader>]>([
    ['a name of 100 bytes', { name: 'n'.repeat(100) }],
    ['a name of 101 bytes', { name: 'n'.repeat(101) }],
    ['a name that splits into prefix and name', { name: `${'p'.repeat(155)}/${'n'.repeat(100)}` }],
    ['a name that does not split', { name: `${'p'.repeat(156)}/${'n'.repeat(100)}` }],
    ['a directory whose only slash is the last', { name: `${'d'.repeat(120)}/`, type: 'directory' }],
    ['a name that is not ASCII', { name: '\xc3\xa9' }],
    ['a name that is not UTF-8', { name: 'a\xffb' }],
    ['a name with an equals sign and a newline', { name: `\xc3\xa9=\n${'x'.repeat(70)}` }],
    ['a time before 1970', { mtimeSeconds: -1 }],
    ['a time after 2242', { mtimeSeconds: 2 ** 33 + 7 }],
    ['a long link target', { type: 'symlink', linkName: 't'.repeat(300) }],
    ['a link target that is not UTF-8', { type: 'symlink', linkName: '\xff' }],
    ['setuid and sticky bits', { mode: 0o7755 }],
  ])('keeps %s', (_name, header) => {
    const [entry, ...others] = readTar(written(header));
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      name: header.name ?? plain.name,
      mode: header.mode ?? plain.mode,
      mtimeSeconds: header.mtimeSeconds ?? plain.mtimeSeconds,
      linkName: header.linkName ?? '',
      uid: 0,
      gid: 0,
    });
  });

  it.each([97, 98, 99, 100, 985, 986, 987, 988])(
    'counts the length of a record of about %d bytes right',
    (length) => {
      const name = `\xc3\xa9${'x'.repeat(length)}`;
      expect(readTar(written({ name }))[0]?.name).toBe(name);
    },
  );

  it('writes sizes over 8 GiB as a record', () => {
    const bytes = written({ sizeBytes: 8 * 1024 ** 3 });
    expect(bytes.toString('latin1', 512, 512 + 19)).toBe('19 size=8589934592\n');
    expect(written({ sizeBytes: 8 * 1024 ** 3 - 1 })).toHaveLength(512 + 1024);
  });

  it('writes device numbers', () => {
    const device = { deviceMajor: 600, deviceMinor: 70_000 };
    expect(readTar(written({ type: 'character-device', device }))[0]).toMatchObject({
      type: '3',
      device: '600:70000',
    });
  });
});
