import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';
import { createMessageStream, type MessageStream } from './message-stream.ts';
import { createRpcError, type RpcStatus, readStatus, rpcCode } from './status.ts';

/** One running call as its caller sees it. */
export interface ClientCall extends MessageStream {
  /** Tells the engine that nothing more will be sent. */
  end(): void;
  /** Stops the engine's work on this call. */
  cancel(): void;
  /** How the call ended; never rejects, and settles however the stream goes away. */
  readonly status: Promise<RpcStatus>;
}

export function createCall(stream: ClientHttp2Stream, onActivity: () => void): ClientCall {
  let headers: IncomingHttpHeaders | undefined;
  let trailers: IncomingHttpHeaders | undefined;
  let cancelled = false;
  stream.on('response', (received) => {
    onActivity();
    headers = received;
  });
  stream.on('trailers', (received) => {
    onActivity();
    trailers = received;
  });
  // An engine that has answered in full reads nothing more; without this the stream would stay half open.
  stream.on('end', () => {
    if (!stream.writableFinished) stream.close(constants.NGHTTP2_NO_ERROR);
  });
  const status = new Promise<RpcStatus>((resolve) => {
    stream.on('close', () => resolve(finalStatus(stream, headers, trailers, cancelled)));
  });
  return {
    ...createMessageStream(stream, onActivity),
    status,
    end: () => {
      if (!stream.writableEnded) stream.end();
    },
    cancel: () => {
      cancelled = true;
      stream.close(constants.NGHTTP2_CANCEL);
    },
  };
}

/** Waits for the one reply of a unary call. Rejects with an RpcError unless the status is ok. */
export async function readReply(call: ClientCall): Promise<Uint8Array> {
  const reply = await call.next().catch(() => undefined);
  if (reply !== undefined) await call.next().catch(() => undefined);
  const status = await call.status;
  if (status.code !== rpcCode.ok) throw createRpcError(status);
  if (reply === undefined) {
    throw createRpcError({ code: rpcCode.unknown, message: 'The engine answered a call without a message.' });
  }
  return reply;
}

function finalStatus(
  stream: ClientHttp2Stream,
  headers: IncomingHttpHeaders | undefined,
  trailers: IncomingHttpHeaders | undefined,
  cancelled: boolean,
): RpcStatus {
  const status = readStatus(trailers) ?? readStatus(headers);
  if (status !== undefined) return status;
  if (cancelled) return { code: rpcCode.cancelled, message: 'The call was cancelled.', details: [] };
  const httpStatus = headers?.[':status'];
  if (httpStatus !== undefined && Number(httpStatus) !== 200) {
    const code = Number(httpStatus) === 404 ? rpcCode.unimplemented : rpcCode.unavailable;
    return { code, message: `The engine answered with HTTP status ${httpStatus}.`, details: [] };
  }
  const message = `The connection to the engine was lost during a call (HTTP/2 code ${stream.rstCode}).`;
  return { code: rpcCode.unavailable, message, details: [] };
}
