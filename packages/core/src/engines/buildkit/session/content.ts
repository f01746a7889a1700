import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { type BlobStore, type Ingest, isBlobDigest } from '../layout/blob-store.ts';
import {
  AbortRequestSchema,
  InfoRequestSchema,
  InfoResponseSchema,
  NothingSchema,
  ReadRequestSchema,
  ReadResponseSchema,
  StatusRequestSchema,
  StatusResponseSchema,
  UpdateRequestSchema,
  UpdateResponseSchema,
  type WriteRequest,
  WriteRequestSchema,
  WriteResponseSchema,
} from '../proto/generated/content_pb.ts';
import { frame } from '../rpc/frame.ts';
import type { Metadata } from '../rpc/metadata.ts';
import type { RpcHandler } from '../rpc/serve.ts';
import { createRpcError, type RpcError, rpcCode } from '../rpc/status.ts';
import { unary } from './unary.ts';

const actions = { stat: 0, commit: 2 } as const;
const service = '/containerd.services.content.v1.Content';

/**
 * Lets the engine read and write blobs in directories here: caches, and contexts that are images.
 *
 * Only what has the digest it was announced with gets its name, and no name leads out of a directory. The engine removes
 * nothing.
 * @see https://github.com/containerd/containerd/blob/main/api/services/content/v1/content.proto
 */
export function createContentService(
  stores: ReadonlyMap<string, BlobStore>,
): ReadonlyMap<string, RpcHandler> {
  // An engine that is told of the service asks for stores that there may not be.
  if (stores.size === 0) return new Map();
  const storeOf = (metadata: Metadata): BlobStore => {
    const [id = ''] = metadata.get('buildkit-attachable-store-id') ?? [];
    return stores.get(id) ?? fail(rpcCode.notFound, `there is no store "${id}"`);
  };
  const info = async (metadata: Metadata, digest: string): Promise<{ digest: string; size: bigint }> => {
    const size = await storeOf(metadata).sizeOf(digest);
    return { digest, size: BigInt(size ?? notFound(digest)) };
  };
  return new Map<string, RpcHandler>([
    [
      `${service}/Info`,
      unary(InfoRequestSchema, InfoResponseSchema, async ({ digest }, { metadata }) => ({
        info: await info(metadata, digest),
      })),
    ],
    [
      // Labels keep blobs from being collected; nothing collects them here.
      `${service}/Update`,
      unary(UpdateRequestSchema, UpdateResponseSchema, async (request, { metadata }) => ({
        info: await info(metadata, request.info?.digest ?? ''),
      })),
    ],
    [
      `${service}/Status`,
      unary(StatusRequestSchema, StatusResponseSchema, async ({ ref }, { metadata }) => {
        const ingest = storeOf(metadata).find(ref) ?? notFound(ref);
        return { status: { ref, offset: BigInt(ingest.bytes) } };
      }),
    ],
    [
      `${service}/Abort`,
      unary(AbortRequestSchema, NothingSchema, async ({ ref }, { metadata }) => {
        await (storeOf(metadata).find(ref) ?? notFound(ref)).discard();
        return {};
      }),
    ],
    [`${service}/Read`, async (call) => read(call, storeOf(call.metadata))],
    [`${service}/Write`, async (call) => write(call, storeOf(call.metadata))],
  ]);
}

type Call = Parameters<RpcHandler>[0];

async function read(call: Call, store: BlobStore): Promise<void> {
  const message = (await call.next()) ?? fail(rpcCode.invalidArgument, 'nothing is asked for');
  const { digest, offset, size } = fromBinary(ReadRequestSchema, message);
  const total = (await store.sizeOf(digest)) ?? notFound(digest);
  const rest = total - Number(offset);
  if (offset < 0n || rest < 0) fail(rpcCode.outOfRange, `"${digest}" ends at ${total}`);
  // The engine asks for as much as it has room for.
  const wanted = size <= 0n ? rest : Math.min(rest, Number(size));
  let at = offset;
  for await (const data of store.read(digest, { offset: Number(offset), size: wanted })) {
    const answer = create(ReadResponseSchema, { offset: at, data: new Uint8Array(data) });
    await call.write(frame(toBinary(ReadResponseSchema, answer)));
    at += BigInt(data.length);
  }
}

async function write(call: Call, store: BlobStore): Promise<void> {
  let ingest: Ingest | undefined;
  for (let message = await call.next(); message !== undefined; message = await call.next()) {
    const request = fromBinary(WriteRequestSchema, message);
    ingest ??= await begin(request, store);
    if (request.action !== actions.stat) await take(request, ingest);
    const answer = create(WriteResponseSchema, {
      action: request.action,
      offset: BigInt(ingest.bytes),
      total: request.total,
      digest: ingest.digest(),
    });
    if (request.action === actions.commit) await commit(request, ingest);
    await call.write(frame(toBinary(WriteResponseSchema, answer)));
  }
}

async function begin({ ref, expected }: WriteRequest, store: BlobStore): Promise<Ingest> {
  if (ref === '') fail(rpcCode.invalidArgument, 'the first message names nothing');
  if (expected !== '' && !isBlobDigest(expected)) fail(rpcCode.invalidArgument, `"${expected}" is no digest`);
  if (expected !== '' && (await store.sizeOf(expected)) !== undefined) {
    fail(rpcCode.alreadyExists, `"${expected}" is here already`);
  }
  return store.ingest(ref);
}

async function take({ offset, data }: WriteRequest, ingest: Ingest): Promise<void> {
  if (data.length === 0) return;
  if (offset !== BigInt(ingest.bytes)) fail(rpcCode.outOfRange, `the next byte is number ${ingest.bytes}`);
  await ingest.append(data);
}

async function commit({ total, expected }: WriteRequest, ingest: Ingest): Promise<void> {
  const isWhole = total === 0n || total === BigInt(ingest.bytes);
  const isExpected = expected === '' || expected === ingest.digest();
  if (isWhole && isExpected) return ingest.commit();
  await ingest.discard();
  fail(rpcCode.failedPrecondition, `"${expected}" is not what has come`);
}

function notFound(what: string): never {
  return fail(rpcCode.notFound, `there is no "${what}"`);
}

function fail(code: number, message: string): never {
  const error: RpcError = createRpcError({ code, message });
  throw error;
}
