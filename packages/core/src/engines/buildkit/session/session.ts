import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { Connection } from '../rpc/connection.ts';
import { type RpcHandlers, type RpcServer, serve } from '../rpc/serve.ts';
import { createTunnel } from '../rpc/tunnel.ts';
import { withDeadline } from './deadline.ts';

/** The channel on which an engine calls us back during one build. */
export interface Session {
  readonly id: string;
  /** Resolves when the session is gone. */
  readonly closed: RpcServer['closed'];
  close(): void;
}

export interface SessionOptions {
  readonly handlers: RpcHandlers;
  /** The engine's key for what it has of our directories: stable, and never empty. */
  readonly sharedKey: string;
  /** Opens a connection of its own for the session; without one it is a call on the other connection. */
  readonly dial?: (headers: OutgoingHttpHeaders, signal: AbortSignal) => Promise<Duplex | undefined>;
  /** For the engine to say hello, and before that for the dial. */
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
}

const prefix = 'x-docker-expose-session-';

/** Opens a session and waits until the engine is there. Rejects with `session-lost`. */
export async function openSession(connection: Connection, options: SessionOptions): Promise<Session> {
  const id = randomBytes(16).toString('hex');
  const headers: OutgoingHttpHeaders = {
    [`${prefix}uuid`]: id,
    [`${prefix}name`]: '',
    [`${prefix}sharedkey`]: options.sharedKey,
    [`${prefix}grpc-method`]: [...options.handlers.keys()],
  };
  const { dial, handlers, signal, timeoutMs, idleTimeoutMs } = options;
  const own = dial && (await withDeadline((limit) => dial(headers, limit), signal, timeoutMs, refused));
  const server =
    own === undefined
      ? serve(createTunnel(connection.call('/moby.buildkit.v1.Control/Session', headers)), handlers)
      : serve(own, handlers, { idleTimeoutMs });
  await greeted(server, timeoutMs);
  return { id, closed: server.closed, close: () => server.close() };
}

async function greeted(server: RpcServer, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => server.close(), timeoutMs);
  try {
    await server.ready;
  } catch (cause) {
    throw refused(cause);
  } finally {
    clearTimeout(timer);
  }
}

function refused(cause?: unknown): StagecraftError {
  return new StagecraftError('session-lost', 'The engine did not accept the build session.', {
    hint: 'Check that the engine supports BuildKit sessions and that no proxy in between cuts them off.',
    cause,
  });
}
