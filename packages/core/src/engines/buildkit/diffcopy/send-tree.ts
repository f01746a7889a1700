import type { ContextEntry } from '../../../build/context-source.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { decodePacket, encodeEndOfStats, encodePacket, encodeStat, packetType } from '../proto/packet.ts';
import type { MessageStream } from '../rpc/message-stream.ts';
import { createBatch } from './batch.ts';
import { toFileStat } from './file-stat.ts';
import { createRequests, type Requests } from './requests.ts';

const largestDataBytes = 512 * 1024;
/** Few entries at a time, so that no burst of requests follows. */
const statBatchBytes = 16 * 1024;
const dataBatchBytes = 64 * 1024;

export interface SendTreeOptions {
  /** Told after each batch how many bytes of file content have left so far. */
  readonly onProgress?: (sentBytes: number) => void;
}

/**
 * Sends a tree to an engine that compares it with its last copy and asks for what changed.
 *
 * Rejects when a file can't be read, has another size than announced, or the engine asks for something else.
 */
export async function sendTree(
  channel: MessageStream,
  entries: AsyncIterable<ContextEntry> | Iterable<ContextEntry>,
  options: SendTreeOptions = {},
): Promise<void> {
  const files: (ContextEntry | undefined)[] = [];
  const requests = createRequests();
  // The walk and the file contents share the channel; whichever fails first ends the other two.
  const stop = { now: false };
  const guard = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      stop.now = true;
      requests.finish();
      throw error;
    }
  };
  try {
    // The first failure counts: the other two may wait for a peer that says nothing more.
    await Promise.all([
      guard(sendStats(channel, entries, files, requests, stop)),
      guard(sendContents(channel, files, requests, stop, options)),
      guard(receiveRequests(channel, files, requests, stop)),
    ]);
  } catch (error) {
    await reportFailure(channel, error);
    throw error;
  }
}

interface Stop {
  now: boolean;
}

async function sendStats(
  channel: MessageStream,
  entries: AsyncIterable<ContextEntry> | Iterable<ContextEntry>,
  files: (ContextEntry | undefined)[],
  requests: Requests,
  stop: Stop,
): Promise<void> {
  const batch = createBatch(channel, statBatchBytes);
  for await (const entry of entries) {
    if (stop.now) return;
    // The position in the list is the file's number; only files with own content can be asked for.
    files.push(entry.type === 'file' && entry.hardLink !== true ? entry : undefined);
    if (!batch.add(encodeStat(toFileStat(entry)))) continue;
    await batch.flush();
    await requests.settle();
  }
  batch.add(encodeEndOfStats());
  await batch.flush();
}

async function receiveRequests(
  channel: MessageStream,
  files: readonly (ContextEntry | undefined)[],
  requests: Requests,
  stop: Stop,
): Promise<void> {
  const asked = new Set<number>();
  while (!stop.now) {
    const message = await channel.next();
    if (message === undefined) throw protocolError('ended the transfer of files early');
    const packet = decodePacket(message);
    if (packet.type === packetType.finish) return requests.finish();
    if (packet.type === packetType.error) {
      throw protocolError(`gave the transfer of files up: "${Buffer.from(packet.data).toString('utf8')}"`);
    }
    if (packet.type !== packetType.request) throw protocolError(`sent a packet of type ${packet.type}`);
    if (files[packet.id] === undefined || asked.has(packet.id)) {
      throw protocolError(`asked for file number ${packet.id}, which it can't have`);
    }
    asked.add(packet.id);
    requests.add(packet.id);
  }
}

async function sendContents(
  channel: MessageStream,
  files: readonly (ContextEntry | undefined)[],
  requests: Requests,
  stop: Stop,
  options: SendTreeOptions,
): Promise<void> {
  const batch = createBatch(channel, dataBatchBytes);
  let sentBytes = 0;
  let reportedBytes = 0;
  const report = async (): Promise<void> => {
    await batch.flush();
    if (sentBytes > reportedBytes) options.onProgress?.(sentBytes);
    reportedBytes = sentBytes;
  };
  for (;;) {
    let id = requests.take();
    if (id === undefined) {
      await report();
      id = await requests.wait();
    }
    if (stop.now) return;
    if (id === undefined) break;
    const file = id;
    const send = (data: Uint8Array): Promise<void> | undefined => {
      sentBytes += data.length;
      return batch.add(encodePacket(packetType.data, file, data)) ? report() : undefined;
    };
    await sendFile(files[file] as ContextEntry, send, stop);
    if (stop.now) return;
    if (batch.add(encodePacket(packetType.data, id))) await report();
  }
  batch.add(encodePacket(packetType.finish, 0));
  await report();
}

/** What is sent may have to be waited for. */
type Send = (data: Uint8Array) => Promise<void> | undefined;

async function sendFile(entry: ContextEntry, send: Send, stop: Stop): Promise<void> {
  let leftBytes = entry.sizeBytes;
  const sendChunk = (chunk: Uint8Array): Promise<void> | undefined => {
    leftBytes -= chunk.length;
    if (leftBytes < 0) throw sizeChanged(entry);
    // No data at all is how the end of a file is told.
    if (chunk.length === 0) return undefined;
    return chunk.length <= largestDataBytes ? send(chunk) : sendPieces(chunk, send);
  };
  const content = entry.read?.() ?? [];
  // With many small files it is the waiting that costs time, so there is none for what is there at once.
  if (Symbol.iterator in content) {
    for (const chunk of content) {
      const sent = sendChunk(chunk);
      if (sent !== undefined) await sent;
      if (stop.now) return;
    }
  } else {
    for await (const chunk of content) {
      await sendChunk(chunk);
      if (stop.now) return;
    }
  }
  // The engine checks no sizes: a short file would be built into the image without a word.
  if (leftBytes !== 0) throw sizeChanged(entry);
}

async function sendPieces(chunk: Uint8Array, send: Send): Promise<void> {
  for (let offset = 0; offset < chunk.length; offset += largestDataBytes) {
    await send(chunk.subarray(offset, offset + largestDataBytes));
  }
}

async function reportFailure(channel: MessageStream, reason: unknown): Promise<void> {
  const message = reason instanceof Error ? reason.message : String(reason);
  await channel.write(encodePacket(packetType.error, 0, Buffer.from(message))).catch(() => {});
}

function sizeChanged(entry: ContextEntry): StagecraftError {
  return new StagecraftError('context-changed', `The file "${entry.path}" changed while it was sent.`, {
    hint: 'Build again once nothing writes to the context directory.',
  });
}

function protocolError(what: string): StagecraftError {
  return new StagecraftError('engine-protocol', `The engine ${what}.`);
}
