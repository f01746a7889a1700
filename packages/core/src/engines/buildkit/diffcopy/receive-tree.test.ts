import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type MemoryChannel, memoryChannels } from '../../../../test/engines/support/memory-channel.ts';
import type { ContextEntry } from '../../../build/context-source.ts';
import { createDirectorySink } from '../output/directory-sink.ts';
import { writeDirectory } from '../output/write-directory.ts';
import {
  decodePacket,
  encodeEndOfStats,
  encodePacket,
  encodeStat,
  type FileStat,
  packetType,
} from '../proto/packet.ts';
import { receiveTree } from './receive-tree.ts';
import { sendTree } from './send-tree.ts';

const root = mkdtempSync(join(tmpdir(), 'stagecraft-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const directory = 0x8000_01ed;
const symlink = 0x0800_01ff;

function stat(path: string, more: Partial<FileStat> = {}): Buffer {
  return encodeStat({ path, mode: 0o644, sizeBytes: 0, mtimeNs: 0n, linkName: '', ...more });
}

function receiving(): { peer: MemoryChannel; done: Promise<void>; target: string } {
  const target = mkdtempSync(join(root, 'out-'));
  const [own, peer] = memoryChannels();
  const done = receiveTree(
    own,
    createDirectorySink(target, () => target),
  );
  done.catch(() => {});
  return { peer, done, target };
}

async function send(peer: MemoryChannel, frames: readonly Buffer[]): Promise<void> {
  for (const framed of frames) await peer.write(framed);
}

const data = (id: number, text: string): Buffer => encodePacket(packetType.data, id, Buffer.from(text));

describe('receiveTree', () => {
  test('asks for every file and writes what comes', async () => {
    const { peer, done, target } = receiving();
    await send(peer, [
      stat('d', { mode: directory }),
      stat('d/f', { sizeBytes: 5 }),
      stat('l', { mode: symlink, linkName: 'd/f' }),
      encodeEndOfStats(),
    ]);
    expect(decodePacket((await peer.next()) as Uint8Array)).toMatchObject({
      type: packetType.request,
      id: 1,
    });
    await send(peer, [data(1, 'he'), data(1, 'llo'), data(1, '')]);
    expect(decodePacket((await peer.next()) as Uint8Array).type).toBe(packetType.finish);
    peer.end();
    await done;
    expect(readFileSync(join(target, 'd/f'), 'utf8')).toBe('hello');
    expect(readlinkSync(join(target, 'l'))).toBe('d/f');
  });

  test.each([
    ['leaves the output', [stat('../evil')]],
    ['leaves the output halfway', [stat('a', { mode: directory }), stat('a/../../evil')]],
    ['is absolute', [stat('/evil')]],
    ['is empty', [stat('')]],
    ['has an empty part', [stat('a//b')]],
    ['is the output itself', [stat('.')]],
    ['holds a zero byte', [stat('a\0b')]],
    ['leads through a link', [stat('l', { mode: symlink, linkName: '/etc' }), stat('l/evil')]],
    ['leads through a file', [stat('f'), stat('f/evil')]],
    ['has no parent', [stat('no/parent')]],
    ['comes twice', [stat('l', { mode: symlink, linkName: '/tmp' }), stat('l', { mode: directory })]],
    ['links to the outside', [stat('h', { linkName: '../../etc/passwd' })]],
    [
      'links to a link',
      [stat('l', { mode: symlink, linkName: '/etc/passwd' }), stat('z', { linkName: 'l' })],
    ],
  ])('refuses a path that %s', async (_, frames) => {
    const { peer, done } = receiving();
    await send(peer, frames);
    await expect(done).rejects.toMatchObject({ code: 'engine-protocol' });
  });

  test('leaves devices and pipes out', async () => {
    const { peer, done, target } = receiving();
    await send(peer, [
      stat('dev', { mode: 0x0420_01b6 }),
      stat('pipe', { mode: 0x0200_01b6 }),
      encodeEndOfStats(),
    ]);
    peer.end();
    await done;
    expect(() => statSync(join(target, 'dev'))).toThrow('ENOENT');
    expect(() => statSync(join(target, 'pipe'))).toThrow('ENOENT');
  });

  test.each([
    ['more', [data(0, 'too much')]],
    ['less', [data(0, 'x'), data(0, '')]],
    ['something else', [data(5, 'x')]],
  ])('fails when %s comes than was announced', async (_, frames) => {
    const { peer, done } = receiving();
    await send(peer, [stat('f', { sizeBytes: 3 }), encodeEndOfStats(), ...frames]);
    await expect(done).rejects.toMatchObject({ code: 'engine-protocol' });
  });

  test('fails when the engine gives up or hangs up', async () => {
    const first = receiving();
    await first.peer.write(encodePacket(packetType.error, 0, Buffer.from('boom')));
    await expect(first.done).rejects.toThrow('boom');
    const second = receiving();
    second.peer.end();
    await expect(second.done).rejects.toMatchObject({ code: 'engine-protocol' });
  });

  test('receives any tree that sendTree sends', async () => {
    const names = fc.uniqueArray(
      fc.stringMatching(/^[a-zA-Zü .-]{1,8}$/u).filter((name) => !/^\.+$/u.test(name)),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(names, fc.uint8Array({ maxLength: 5000 }), async (paths, content) => {
        const sorted = [...paths].sort((first, second) =>
          Buffer.compare(Buffer.from(first), Buffer.from(second)),
        );
        async function* entries(): AsyncIterable<ContextEntry> {
          for (const path of sorted) {
            yield {
              path,
              type: 'file',
              mode: 0o600,
              sizeBytes: content.length,
              mtimeNs: 5n,
              read: () => [content],
            };
          }
        }
        const [left, right] = memoryChannels();
        const target = join(mkdtempSync(join(root, 'any-')), 'out');
        await Promise.all([sendTree(left, entries()).then(() => left.end()), writeDirectory(right, target)]);
        for (const path of sorted)
          expect(readFileSync(join(target, path)).equals(Buffer.from(content))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
