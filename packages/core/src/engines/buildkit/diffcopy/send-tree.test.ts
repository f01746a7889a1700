import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type MemoryChannel, memoryChannels } from '../../../../test/engines/support/memory-channel.ts';
import type { ContextEntry } from '../../../build/context-source.ts';
import { decodePacket, encodePacket, type Packet, packetType } from '../proto/packet.ts';
import { sendTree } from './send-tree.ts';

type File = Partial<ContextEntry> & { readonly path: string; readonly content?: string };

function entry({ content = '', ...rest }: File): ContextEntry {
  const bytes = Buffer.from(content);
  return { type: 'file', mode: 0o100644, sizeBytes: bytes.length, mtimeNs: 1n, read: () => [bytes], ...rest };
}

async function* entriesOf(files: readonly File[]): AsyncIterable<ContextEntry> {
  for (const file of files) yield entry(file);
}

/** Starts to send and gives the other end of the channel. */
function sending(files: readonly File[] | AsyncIterable<ContextEntry>): {
  peer: MemoryChannel;
  done: Promise<void>;
} {
  const [own, peer] = memoryChannels();
  const done = sendTree(own, Symbol.asyncIterator in files ? files : entriesOf(files));
  done.catch(() => {});
  return { peer, done };
}

async function receive(peer: MemoryChannel): Promise<Packet> {
  return decodePacket((await peer.next()) as Uint8Array);
}

async function receiveList(peer: MemoryChannel): Promise<string[]> {
  const paths: string[] = [];
  for (;;) {
    const { stat } = await receive(peer);
    if (stat === undefined) return paths;
    paths.push(stat.path);
  }
}

async function receiveFile(peer: MemoryChannel, id: number): Promise<string> {
  let content = '';
  for (;;) {
    const packet = await receive(peer);
    expect(packet).toMatchObject({ type: packetType.data, id });
    if (packet.data.length === 0) return content;
    content += Buffer.from(packet.data).toString();
  }
}

const request = (id: number): Buffer => encodePacket(packetType.request, id);
const finish = encodePacket(packetType.finish, 0);

describe('sendTree', () => {
  test('sends the list, then what was asked for, then says goodbye', async () => {
    const { peer, done } = sending([
      { path: 'a', content: 'A' },
      { path: 'b', content: 'BB' },
    ]);
    expect(await receiveList(peer)).toEqual(['a', 'b']);
    await peer.write(request(1));
    expect(await receiveFile(peer, 1)).toBe('BB');
    await peer.write(finish);
    expect((await receive(peer)).type).toBe(packetType.finish);
    await done;
  });

  test('sends an empty list for no files', async () => {
    const { peer, done } = sending([]);
    expect(await receiveList(peer)).toEqual([]);
    await peer.write(finish);
    expect((await receive(peer)).type).toBe(packetType.finish);
    await done;
  });

  test('answers a request that comes before the list is complete', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow(): AsyncIterable<ContextEntry> {
      for (let index = 0; index < 3000; index += 1)
        yield entry({ path: `f${String(index).padStart(5, '0')}`, content: 'early' });
      await gate;
      yield entry({ path: 'z', content: 'late' });
    }
    const { peer, done } = sending(slow());
    expect((await receive(peer)).stat?.path).toBe('f00000');
    await peer.write(request(0));
    let early = '';
    for (let packet = await receive(peer); early === ''; packet = await receive(peer)) {
      if (packet.type === packetType.data) early = Buffer.from(packet.data).toString();
    }
    expect(early).toBe('early');
    release();
    await peer.write(finish);
    await done;
  });

  test('announces no thousands of files while many that were asked for wait', async () => {
    let announced = 0;
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* content(): AsyncIterable<Uint8Array> {
      await gate;
      yield Buffer.from('x');
    }
    async function* many(): AsyncIterable<ContextEntry> {
      for (; announced < 5000; announced += 1)
        yield entry({ path: `f${String(announced).padStart(5, '0')}`, sizeBytes: 1, read: content });
    }
    const { peer, done } = sending(many());
    let asked = 0;
    let answered = 0;
    const serve = async (): Promise<void> => {
      for (let listed = false; !listed || answered < asked; ) {
        const packet = await receive(peer);
        if (packet.type === packetType.data) answered += packet.data.length === 0 ? 1 : 0;
        else if (packet.stat === undefined) listed = true;
        else await peer.write(request(asked++));
      }
      await peer.write(finish);
    };
    const served = serve();
    for (let turn = 0; turn < 300; turn += 1) await setImmediate();
    expect(announced).toBeGreaterThan(256);
    expect(announced).toBeLessThan(1000);
    release();
    await Promise.all([served, done]);
    expect(answered).toBe(5000);
  });

  test('sends a chunk that is too big for a message in pieces', async () => {
    const content = 'x'.repeat(1_300_000);
    const { peer, done } = sending([{ path: 'a', content }]);
    await receiveList(peer);
    await peer.write(request(0));
    let receivedBytes = 0;
    for (let packet = await receive(peer); packet.data.length > 0; packet = await receive(peer)) {
      expect(packet.data.length).toBeLessThanOrEqual(512 * 1024);
      receivedBytes += packet.data.length;
    }
    expect(receivedBytes).toBe(content.length);
    await peer.write(finish);
    await done;
  });

  test.each([
    ['at once', (bytes: Buffer) => [bytes.subarray(0, 2), bytes.subarray(2)]],
    [
      'later',
      async function* (bytes: Buffer) {
        yield bytes.subarray(0, 2);
        yield bytes.subarray(2);
      },
    ],
  ])('sends content that comes in parts %s', async (_, parts) => {
    const { peer, done } = sending([{ path: 'a', sizeBytes: 5, read: () => parts(Buffer.from('hello')) }]);
    await receiveList(peer);
    await peer.write(request(0));
    expect(await receiveFile(peer, 0)).toBe('hello');
    await peer.write(finish);
    await done;
  });

  test('sends an empty file as nothing but its end', async () => {
    const { peer, done } = sending([{ path: 'empty' }]);
    await receiveList(peer);
    await peer.write(request(0));
    expect(await receive(peer)).toMatchObject({ type: packetType.data, id: 0, data: new Uint8Array(0) });
    await peer.write(finish);
    await done;
  });

  test('numbers directories and links like files', async () => {
    const { peer, done } = sending([
      { path: 'd', type: 'directory' },
      { path: 'd/l', type: 'symlink', linkName: 'x' },
      { path: 'f', content: 'F' },
    ]);
    await receiveList(peer);
    await peer.write(request(2));
    expect(await receiveFile(peer, 2)).toBe('F');
    await peer.write(finish);
    await done;
  });

  test.each([
    ['a directory', 0],
    ['a hard link', 2],
    ['a number that was never given', 9],
  ])('refuses a request for %s', async (_, id) => {
    const { peer, done } = sending([
      { path: 'd', type: 'directory' },
      { path: 'e' },
      { path: 'f', hardLink: true, linkName: 'e' },
    ]);
    await receiveList(peer);
    await peer.write(request(id));
    await expect(done).rejects.toMatchObject({ code: 'engine-protocol' });
    expect((await receive(peer)).type).toBe(packetType.error);
  });

  test('refuses a second request for a file', async () => {
    const { peer, done } = sending([{ path: 'a', content: 'A' }]);
    await receiveList(peer);
    await peer.write(request(0));
    await peer.write(request(0));
    await expect(done).rejects.toMatchObject({ code: 'engine-protocol' });
  });

  test.each([
    ['shrank', 'short', 10],
    ['grew', 'much longer than that', 4],
    ['vanished', '', 4],
  ])('fails when a file %s, and tells the engine', async (_, content, sizeBytes) => {
    const { peer, done } = sending([{ path: 'a', content, sizeBytes }]);
    await receiveList(peer);
    await peer.write(request(0));
    await expect(done).rejects.toMatchObject({ code: 'context-changed' });
    let packet = await receive(peer);
    while (packet.type === packetType.data) packet = await receive(peer);
    expect(packet.type).toBe(packetType.error);
    expect(Buffer.from(packet.data).toString()).toContain('"a"');
  });

  test('fails with the error of a file that can not be read', async () => {
    const read = (): never => {
      throw new Error('EACCES');
    };
    const { peer, done } = sending([{ path: 'a', sizeBytes: 1, read }]);
    await receiveList(peer);
    await peer.write(request(0));
    await expect(done).rejects.toThrow('EACCES');
  });

  test('fails with the error of a walk that breaks', async () => {
    async function* broken(): AsyncIterable<ContextEntry> {
      yield entry({ path: 'a' });
      throw new Error('ELOOP');
    }
    await expect(sending(broken()).done).rejects.toThrow('ELOOP');
  });

  test('fails when the engine gives up', async () => {
    const { peer, done } = sending([{ path: 'a' }]);
    await peer.write(encodePacket(packetType.error, 0, Buffer.from('no room')));
    await expect(done).rejects.toThrow('no room');
  });

  test('fails when the engine hangs up', async () => {
    const { peer, done } = sending([{ path: 'a' }]);
    peer.end();
    await expect(done).rejects.toMatchObject({ code: 'engine-protocol' });
  });

  test('refuses what no context can hold', async () => {
    await expect(sending([{ path: 'dev', type: 'device' }]).done).rejects.toMatchObject({
      code: 'context-unsupported',
    });
    await expect(sending([{ path: 'a\ud800' }]).done).rejects.toMatchObject({ code: 'context-unsupported' });
  });
});
