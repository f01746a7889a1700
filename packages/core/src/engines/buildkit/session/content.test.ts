import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { memoryChannels } from '../../../../test/engines/support/memory-channel.ts';
import { withDirectory } from '../../../../test/engines/support/temporary.ts';
import { type BlobStore, openBlobStore } from '../layout/blob-store.ts';
import {
  InfoRequestSchema,
  InfoResponseSchema,
  ReadRequestSchema,
  ReadResponseSchema,
  WriteRequestSchema,
  WriteResponseSchema,
} from '../proto/generated/content_pb.ts';
import { frame } from '../rpc/frame.ts';
import { isRpcError } from '../rpc/status.ts';
import { createContentService } from './content.ts';

const stat = 0;
const write = 1;
const commit = 2;

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Calls a method with these messages; the answers, or the code of the failure. */
async function call<Input extends DescMessage, Output extends DescMessage>(
  store: BlobStore,
  method: string,
  [input, output]: readonly [Input, Output],
  requests: readonly MessageInitShape<Input>[],
  id = 'local:one',
): Promise<readonly MessageShape<Output>[] | number> {
  const handler = createContentService(new Map([['local:one', store]])).get(
    `/containerd.services.content.v1.Content/${method}`,
  );
  const [engine, here] = memoryChannels();
  for (const request of requests) {
    await engine.write(frame(toBinary(input, create(input, request))));
  }
  engine.end();
  const metadata = new Map([['buildkit-attachable-store-id', [id]]]);
  try {
    await handler?.({ ...here, metadata, signal: new AbortController().signal });
  } catch (error) {
    if (isRpcError(error)) return error.status.code;
    throw error;
  }
  here.end();
  const answers: MessageShape<Output>[] = [];
  for (let message = await engine.next(); message !== undefined; message = await engine.next()) {
    answers.push(fromBinary(output, message));
  }
  return answers;
}

const writing = [WriteRequestSchema, WriteResponseSchema] as const;
const reading = [ReadRequestSchema, ReadResponseSchema] as const;
const asking = [InfoRequestSchema, InfoResponseSchema] as const;
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

describe('blobs that an engine writes', () => {
  test('get their name when they are what was announced, and can be read back', () =>
    withDirectory(async (path) => {
      const store = openBlobStore(path);
      const expected = digestOf('hello');
      const answers = await call(store, 'Write', writing, [
        { action: stat, ref: 'r', total: 5n, expected },
        { action: write, ref: 'r', offset: 0n, data: bytes('hel') },
        { action: commit, ref: 'r', offset: 3n, data: bytes('lo'), total: 5n, expected },
      ]);
      expect(answers).toMatchObject([{ offset: 0n }, { offset: 3n }, { offset: 5n, digest: expected }]);
      expect(await call(store, 'Info', asking, [{ digest: expected }])).toMatchObject([
        { info: { size: 5n } },
      ]);
      const read = await call(store, 'Read', reading, [{ digest: expected, offset: 1n, size: 100n }]);
      expect(typeof read === 'number' ? read : read.map(({ data }) => Buffer.from(data).toString())).toEqual([
        'ello',
      ]);
      expect(readdirSync(join(path, 'blobs/sha256'))).toEqual([expected.slice('sha256:'.length)]);
    }));

  test('leave nothing behind when they are not', () =>
    withDirectory(async (path) => {
      const store = openBlobStore(path);
      const failedPrecondition = 9;
      for (const end of [
        { total: 5n, expected: digestOf('other') },
        { total: 6n, expected: digestOf('hello') },
      ]) {
        const last = { action: commit, ref: 'r', offset: 0n, data: bytes('hello'), ...end };
        expect(await call(store, 'Write', writing, [last])).toBe(failedPrecondition);
      }
      expect(readdirSync(join(path, 'blobs/sha256'))).toEqual([]);
    }));

  test('that are never committed are gone when the build is over', () =>
    withDirectory(async (path) => {
      const store = openBlobStore(path);
      await call(store, 'Write', writing, [{ action: write, ref: 'r', offset: 0n, data: bytes('half') }]);
      expect(readdirSync(join(path, 'blobs/sha256'))).toHaveLength(1);
      await store.close();
      expect(readdirSync(join(path, 'blobs/sha256'))).toEqual([]);
    }));

  test('go on where they were, and nowhere else', () =>
    withDirectory(async (path) => {
      const store = openBlobStore(path);
      await call(store, 'Write', writing, [{ action: write, ref: 'r', offset: 0n, data: bytes('hel') }]);
      expect(await call(store, 'Write', writing, [{ action: stat, ref: 'r' }])).toMatchObject([
        { offset: 3n },
      ]);
      const outOfRange = 11;
      const gap = { action: write, ref: 'r', offset: 4n, data: bytes('o') };
      expect(await call(store, 'Write', writing, [gap])).toBe(outOfRange);
      await store.close();
    }));

  test('are not written twice', () =>
    withDirectory(async (path) => {
      const store = openBlobStore(path);
      const blob = { action: commit, ref: 'r', offset: 0n, data: bytes('a'), expected: digestOf('a') };
      await call(store, 'Write', writing, [blob]);
      const alreadyExists = 6;
      expect(await call(store, 'Write', writing, [{ ...blob, ref: 's' }])).toBe(alreadyExists);
    }));
});

describe('what an engine may not do', () => {
  test.each(['../../secret', 'sha256:../../../secret', `sha512:${'a'.repeat(64)}`, ''])(
    'it reads no file by the name "%s"',
    (digest) =>
      withDirectory(async (path) => {
        writeFileSync(join(path, 'secret'), 'secret');
        mkdirSync(join(path, 'layout/blobs/sha256'), { recursive: true });
        const store = openBlobStore(join(path, 'layout'));
        const notFound = 5;
        expect(await call(store, 'Info', asking, [{ digest }])).toBe(notFound);
        expect(await call(store, 'Read', reading, [{ digest }])).toBe(notFound);
      }),
  );

  test('it announces nothing that is no digest, and asks for no store that it was not given', () =>
    withDirectory(async (path) => {
      const store = openBlobStore(path);
      const invalidArgument = 3;
      const notFound = 5;
      const odd = { action: stat, ref: 'r', expected: '../x' };
      expect(await call(store, 'Write', writing, [odd])).toBe(invalidArgument);
      expect(await call(store, 'Write', writing, [{ action: stat }])).toBe(invalidArgument);
      expect(await call(store, 'Info', asking, [{ digest: digestOf('a') }], 'local:other')).toBe(notFound);
      expect(existsSync(join(path, 'blobs'))).toBe(false);
    }));
});
