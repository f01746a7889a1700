import type { IncomingHttpHeaders } from 'node:http';
import { fromBinary } from '@bufbuild/protobuf';
import { StatusSchema } from '../proto/generated/status_pb.ts';

/** The gRPC codes that are told apart here. */
export const rpcCode = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  resourceExhausted: 8,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  unavailable: 14,
} as const;

export interface RpcDetail {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** How a call ended. */
export interface RpcStatus {
  readonly code: number;
  readonly message: string;
  readonly details: readonly RpcDetail[];
}

/** A failed call, before it is translated for users. */
export interface RpcError extends Error {
  readonly name: 'RpcError';
  readonly status: RpcStatus;
}

export function createRpcError(status: Omit<RpcStatus, 'details'> & Partial<RpcStatus>): RpcError {
  const error = new Error(status.message);
  return Object.assign(error, { name: 'RpcError' as const, status: { details: [], ...status } });
}

export function isRpcError(value: unknown): value is RpcError {
  return value instanceof Error && value.name === 'RpcError' && 'status' in value;
}

/** The status in trailers, or in headers of a reply that has nothing else; undefined when there is none. */
export function readStatus(headers: IncomingHttpHeaders | undefined): RpcStatus | undefined {
  const code = single(headers?.['grpc-status']);
  if (headers === undefined || code === undefined) return undefined;
  const message = decodeMessage(single(headers['grpc-message']) ?? '');
  const details = decodeDetails(single(headers['grpc-status-details-bin']));
  return { code: Number(code), message, details };
}

/** Percent-encodes what a header value can't carry, as gRPC wants it. */
export function encodeMessage(message: string): string {
  const bytes = Buffer.from(message, 'utf8');
  let encoded = '';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function decodeMessage(encoded: string): string {
  const bytes: number[] = [];
  for (let index = 0; index < encoded.length; index += 1) {
    const hex = encoded[index] === '%' ? encoded.slice(index + 1, index + 3) : '';
    if (/^[0-9a-f]{2}$/iu.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      index += 2;
    } else bytes.push(encoded.charCodeAt(index) & 0xff);
  }
  return Buffer.from(bytes).toString('utf8');
}

function decodeDetails(encoded: string | undefined): readonly RpcDetail[] {
  if (encoded === undefined) return [];
  try {
    const { details } = fromBinary(StatusSchema, Buffer.from(encoded, 'base64'));
    return details.map(({ typeUrl, value }) => ({ typeUrl, value }));
  } catch {
    // Details only make an error clearer; a broken one must not hide the error itself.
    return [];
  }
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
