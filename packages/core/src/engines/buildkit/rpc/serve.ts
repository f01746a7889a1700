import type { IncomingHttpHeaders } from 'node:http';
import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { watchLiveness } from './liveness.ts';
import { createMessageStream, type MessageStream } from './message-stream.ts';
import { type Metadata, readMetadata } from './metadata.ts';
import { encodeMessage, isRpcError, rpcCode } from './status.ts';

/** A call the engine makes to us. */
export interface ServerCall extends MessageStream {
  readonly metadata: Metadata;
  /** Aborts when the engine gives the call up or the connection goes away. */
  readonly signal: AbortSignal;
}

/** Serves one method. A thrown RpcError becomes the call's status; any other error becomes code 2. */
export type RpcHandler = (call: ServerCall) => Promise<void>;

export type RpcHandlers = ReadonlyMap<string, RpcHandler>;

export interface RpcServer {
  /** Resolves when the peer has said hello; rejects when it went away before. */
  readonly ready: Promise<void>;
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<{ readonly silent: boolean }>;
  close(): void;
}

export interface ServeOptions {
  /** Closes the connection when nothing was heard for so long. For connections of which nothing else tells. */
  readonly idleTimeoutMs?: number;
}

/** Serves `handlers` on `duplex`: the engine is the HTTP/2 client there. */
export function serve(
  duplex: Duplex,
  handlers: RpcHandlers,
  { idleTimeoutMs }: ServeOptions = {},
): RpcServer {
  const session: ServerHttp2Session = performServerHandshake(duplex, {
    settings: { initialWindowSize: 1 << 20, maxConcurrentStreams: 1024 },
  });
  let end = (_: { readonly silent: boolean }): void => {};
  const closed = new Promise<{ readonly silent: boolean }>((resolve) => {
    end = resolve;
  });
  const onSilent = (): void => {
    // Said before the engine is let go, whose own complaint may come at once.
    end({ silent: true });
    shut(session, duplex);
  };
  const liveness = idleTimeoutMs === undefined ? undefined : watchLiveness(session, idleTimeoutMs, onSilent);
  const onActivity = (): void => liveness?.touch();
  session.on('close', () => {
    liveness?.stop();
    end({ silent: false });
  });
  session.on('error', () => session.destroy());
  duplex.on('error', () => session.destroy());
  duplex.on('close', () => {
    end({ silent: false });
    session.destroy();
  });
  session.on(
    'stream',
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, rawHeaders: string[]) => {
      onActivity();
      const handler = handlers.get(String(headers[':path']));
      if (handler === undefined) refuse(stream, String(headers[':path']));
      else void answer(stream, handler, readMetadata(rawHeaders), onActivity);
    },
  );
  return { closed, ready: greeted(session, closed), close: () => shut(session, duplex) };
}

async function greeted(session: ServerHttp2Session, closed: Promise<unknown>): Promise<void> {
  const hello = new Promise<boolean>((resolve) => session.once('remoteSettings', () => resolve(true)));
  const heard = await Promise.race([hello, closed.then(() => false)]);
  if (!heard) throw new Error('The session was closed before it was used.');
}

function shut(session: ServerHttp2Session, duplex: Duplex): void {
  session.destroy();
  duplex.destroy();
}

const responseHeaders = { ':status': 200, 'content-type': 'application/grpc' };

function refuse(stream: ServerHttp2Stream, path: string): void {
  stream.on('error', () => {});
  if (!isOpen(stream)) return;
  const status = {
    'grpc-status': String(rpcCode.unimplemented),
    'grpc-message': encodeMessage(`unknown method ${path}`),
  };
  stream.respond({ ...responseHeaders, ...status }, { endStream: true });
}

async function answer(
  stream: ServerHttp2Stream,
  handler: RpcHandler,
  metadata: Metadata,
  onActivity: () => void,
): Promise<void> {
  const abort = new AbortController();
  stream.on('close', () => abort.abort());
  const messages = createMessageStream(stream, onActivity);
  let trailers = { 'grpc-status': '0', 'grpc-message': '' };
  stream.on('wantTrailers', () => {
    if (isOpen(stream)) stream.sendTrailers(trailers);
  });
  // The engine may be gone again before its call is looked at.
  if (!isOpen(stream)) return;
  stream.respond(responseHeaders, { waitForTrailers: true });
  try {
    await handler({ ...messages, metadata, signal: abort.signal });
  } catch (error) {
    const status = isRpcError(error)
      ? error.status
      : { code: rpcCode.unknown, message: error instanceof Error ? error.message : String(error) };
    trailers = { 'grpc-status': String(status.code), 'grpc-message': encodeMessage(status.message) };
  }
  if (isOpen(stream)) stream.end();
  // A handler may answer before the engine has said everything; unread input would keep the stream open.
  stream.resume();
}

function isOpen(stream: ServerHttp2Stream): boolean {
  return !stream.destroyed && !stream.closed;
}
