import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { goFileType } from '../proto/go-mode.ts';
import { decodePacket, encodePacket, type FileStat, type Packet, packetType } from '../proto/packet.ts';
import type { MessageStream } from '../rpc/message-stream.ts';

/** Where received files go. Paths are checked already: relative, inside, parents made before. */
export interface TreeSink {
  directory(stat: FileStat): void;
  symlink(stat: FileStat): void;
  /** Called after every file is complete. */
  hardLink(stat: FileStat): void;
  open(stat: FileStat): FileSink;
  /** Everything has arrived; the engine is told so only afterwards. */
  finish(): void;
}

export interface FileSink {
  write(data: Uint8Array): void;
  /** After the last byte; the size has been checked. */
  close(): void;
  /** Instead of `close`, when the transfer fails. */
  discard(): void;
}

interface OpenFile {
  readonly stat: FileStat;
  sink: FileSink | undefined;
  receivedBytes: number;
}

/**
 * Receives a tree that an engine exports, and asks for every file in it.
 *
 * What is in an image is nobody's promise: rejects with `engine-protocol` for a path that leads out of the tree or
 * through a link, and for a file of another size than announced. Devices, pipes and sockets are left out.
 */
export async function receiveTree(channel: MessageStream, sink: TreeSink): Promise<void> {
  const state: ReceiveState = {
    kinds: new Map(),
    pending: new Map(),
    hardLinks: [],
    count: 0,
    listed: false,
  };
  try {
    while (!(state.listed && state.pending.size === 0)) {
      const message = await channel.next();
      if (message === undefined) throw broken('ended the export early');
      await receive(decodePacket(message), state, channel, sink);
    }
    for (const stat of state.hardLinks) sink.hardLink(stat);
    sink.finish();
  } catch (error) {
    for (const file of state.pending.values()) file.sink?.discard();
    const text = error instanceof Error ? error.message : String(error);
    await channel.write(encodePacket(packetType.error, 0, Buffer.from(text))).catch(() => {});
    throw error;
  }
  await sayGoodbye(channel);
}

// Some engines answer with their own FINISH, others hang up as soon as they hear ours; everything is here either way.
async function sayGoodbye(channel: MessageStream): Promise<void> {
  try {
    await channel.write(encodePacket(packetType.finish, 0));
    while ((await channel.next()) !== undefined);
  } catch {
    return;
  }
}

interface ReceiveState {
  readonly kinds: Map<string, 'file' | 'directory' | 'symlink'>;
  readonly pending: Map<number, OpenFile>;
  readonly hardLinks: FileStat[];
  count: number;
  listed: boolean;
}

async function receive(
  packet: Packet,
  state: ReceiveState,
  channel: MessageStream,
  sink: TreeSink,
): Promise<void> {
  if (packet.type === packetType.stat) {
    if (packet.stat === undefined) state.listed = true;
    else await receiveStat(packet.stat, state, channel, sink);
  } else if (packet.type === packetType.data) receiveData(packet, state, sink);
  else if (packet.type === packetType.error) {
    throw broken(`gave the export up: "${Buffer.from(packet.data).toString('utf8')}"`);
  } else throw broken(`sent a packet of type ${packet.type} in an export`);
}

async function receiveStat(
  stat: FileStat,
  state: ReceiveState,
  channel: MessageStream,
  sink: TreeSink,
): Promise<void> {
  const id = state.count++;
  checkPath(stat.path, state);
  const kind = goFileType(stat.mode);
  if (kind === undefined) return;
  state.kinds.set(stat.path, kind);
  if (kind === 'directory') sink.directory(stat);
  else if (kind === 'symlink') sink.symlink(stat);
  else if (stat.linkName !== '') {
    if (state.kinds.get(stat.linkName) !== 'file') throw broken(`linked "${stat.path}" to something unknown`);
    state.hardLinks.push(stat);
  } else {
    state.pending.set(id, { stat, sink: undefined, receivedBytes: 0 });
    await channel.write(encodePacket(packetType.request, id));
  }
}

function receiveData({ id, data }: Packet, state: ReceiveState, sink: TreeSink): void {
  const file = state.pending.get(id);
  if (file === undefined) throw broken(`sent data of file number ${id}, which was not asked for`);
  // Opened at the first byte, so that not all files of an image are open at once.
  file.sink ??= sink.open(file.stat);
  file.receivedBytes += data.length;
  if (file.receivedBytes > file.stat.sizeBytes)
    throw broken(`sent more of "${file.stat.path}" than announced`);
  if (data.length > 0) {
    file.sink.write(data);
    return;
  }
  if (file.receivedBytes < file.stat.sizeBytes)
    throw broken(`sent less of "${file.stat.path}" than announced`);
  file.sink.close();
  state.pending.delete(id);
}

function checkPath(path: string, state: ReceiveState): void {
  const parts = path.split('/');
  const unsafe = parts.some((part) => part === '' || part === '.' || part === '..') || path.includes('\0');
  if (unsafe) throw broken(`exported the path "${path}", which may lead out of the output`);
  const parent = parts.slice(0, -1).join('/');
  if (parent !== '' && state.kinds.get(parent) !== 'directory') {
    throw broken(`exported "${path}" below something that is not a directory`);
  }
  if (state.kinds.has(path)) throw broken(`exported "${path}" twice`);
}

function broken(what: string): StagecraftError {
  return new StagecraftError('engine-protocol', `The engine ${what}.`);
}
