import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { type ClientCall, createCall } from './call.ts';
import { engineSilent } from './connection-loss.ts';
import { watchLiveness } from './liveness.ts';

/** One HTTP/2 connection that carries any number of calls, and of builds. */
export interface Connection {
  /** Starts a call; `path` is `/package.Service/Method`. Throws `connection-lost` when the connection is gone. */
  call(path: string, metadata?: OutgoingHttpHeaders): ClientCall;
  /** Resolves with the reason once the connection is gone; undefined when it was closed on purpose. */
  readonly closed: Promise<StagecraftError | undefined>;
  /** Lets sent frames leave, unless it must be at once, then closes. Resolves when the socket is gone. */
  close(atOnce?: boolean): Promise<void>;
}

export interface ConnectionOptions {
  readonly engine: string;
  readonly idleTimeoutMs: number;
  readonly authority?: string;
}

const closeGraceMs = 100;

/** Speaks HTTP/2 as a client on `socket`. Rejects when the peer doesn't answer as an HTTP/2 server. */
export async function openConnection(socket: Duplex, options: ConnectionOptions): Promise<Connection> {
  let reason: StagecraftError | undefined;
  let closing = false;
  const session = connect(options.authority ?? 'http://localhost', {
    createConnection: () => socket,
    settings: { initialWindowSize: 1 << 20, enablePush: false },
  });
  const fail = (error: StagecraftError): void => {
    if (!closing) reason ??= error;
    session.destroy();
    socket.destroy();
  };
  session.on('error', (error) => fail(lost(options.engine, error)));
  session.on('goaway', (code) => {
    if (code !== 0) fail(lost(options.engine, new Error(`HTTP/2 GOAWAY ${code}`)));
  });
  // The session forwards socket errors, but not those after its own end.
  socket.on('error', (error) => fail(lost(options.engine, error)));
  socket.on('close', () => fail(lost(options.engine)));
  const liveness = watchLiveness(session, options.idleTimeoutMs, () =>
    fail(engineSilent(options.engine, options.idleTimeoutMs)),
  );
  const closed = new Promise<StagecraftError | undefined>((resolve) => {
    session.on('close', () => {
      liveness.stop();
      if (!socket.destroyed) socket.destroy();
      resolve(closing ? undefined : (reason ?? lost(options.engine)));
    });
  });
  await ready(session, closed);
  return {
    closed,
    call(path, metadata = {}) {
      if (session.destroyed || session.closed) throw reason ?? lost(options.engine);
      const headers = { ...metadata, ':method': 'POST', ':path': path, ...callHeaders };
      return createCall(session.request(headers), liveness.touch);
    },
    async close(atOnce = false) {
      closing = true;
      if (atOnce) session.destroy();
      else closeGently(session);
      await closed;
    },
  };
}

const callHeaders = { 'content-type': 'application/grpc', te: 'trailers' };

async function ready(
  session: ClientHttp2Session,
  closed: Promise<StagecraftError | undefined>,
): Promise<void> {
  const settings = new Promise<undefined>((resolve) =>
    session.once('remoteSettings', () => resolve(undefined)),
  );
  const failure = await Promise.race([settings, closed]);
  if (failure !== undefined) throw failure;
  session.setLocalWindowSize(4 << 20);
}

function closeGently(session: ClientHttp2Session): void {
  if (session.destroyed) return;
  const timer = setTimeout(() => session.destroy(), closeGraceMs);
  session.close(() => clearTimeout(timer));
}

function lost(engine: string, cause?: unknown): StagecraftError {
  return new StagecraftError('connection-lost', `The connection to the engine "${engine}" was lost.`, {
    hint: 'Check that the engine still runs, then build again: finished steps come from its cache.',
    cause,
  });
}
