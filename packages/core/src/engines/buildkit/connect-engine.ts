import type { Duplex } from 'node:stream';
import type { BuildDeadlines } from '../../build/request.ts';
import { isStagecraftError, StagecraftError } from '../../errors/stagecraft-error.ts';
import type { BuildkitEngineOptions } from './engine-options.ts';
import { type Connection, openConnection } from './rpc/connection.ts';
import { upgradeSocket } from './rpc/upgrade.ts';
import { withDeadline } from './session/deadline.ts';

/** Dials, switches protocols where needed, and shakes hands, all within the connect deadline. */
export async function connectEngine(
  options: BuildkitEngineOptions,
  deadlines: Required<BuildDeadlines>,
  signal: AbortSignal,
): Promise<Connection> {
  const sockets: Duplex[] = [];
  const late = (): StagecraftError =>
    unreachable(options, `did not answer within ${deadlines.connectTimeoutMs} ms`);
  const open = async (limit: AbortSignal): Promise<Connection> => {
    const socket = await dialEngine(options, limit, sockets);
    if (limit.aborted) socket.destroy();
    return openConnection(socket, {
      engine: options.name,
      idleTimeoutMs: deadlines.idleTimeoutMs,
      ...(options.authority === undefined ? {} : { authority: options.authority }),
    });
  };
  try {
    return await withDeadline(open, signal, deadlines.connectTimeoutMs, late);
  } catch (error) {
    for (const socket of sockets) socket.destroy();
    if (isStagecraftError(error) || signal.aborted) throw error;
    throw unreachable(
      options,
      `can't be reached: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

async function dialEngine(
  options: BuildkitEngineOptions,
  signal: AbortSignal,
  sockets: Duplex[],
): Promise<Duplex> {
  const dial = async (): Promise<Duplex> => {
    const socket = await options.dial(signal);
    // An error that comes before anyone listens must not end the process.
    socket.on('error', () => {});
    sockets.push(socket);
    if (signal.aborted) socket.destroy();
    return socket;
  };
  const socket = await dial();
  if (options.upgrade === undefined) return socket;
  const upgraded = await upgradeSocket(socket, options.upgrade);
  if ('socket' in upgraded) return upgraded.socket;
  // Docker 29.2 and later speak HTTP/2 on the socket itself, and are to lose the switch.
  if (upgraded.httpStatus === 404) return dial();
  throw unreachable(
    options,
    `refused a BuildKit connection with HTTP status ${upgraded.httpStatus}: "${upgraded.message.trim()}"`,
  );
}

function unreachable(options: BuildkitEngineOptions, what: string, cause?: unknown): StagecraftError {
  return new StagecraftError(
    'engine-unreachable',
    `The engine "${options.name}" ${what.replace(/\.?$/u, '.')}`,
    {
      hint: 'Check that it runs, that the address is right, and that this user may connect to it.',
      cause,
    },
  );
}
