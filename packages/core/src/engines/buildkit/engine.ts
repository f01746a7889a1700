import type { BuildEngine } from '../../build/engine.ts';
import type { BuildEvent } from '../../build/event.ts';
import type { BuildDeadlines, BuildRequest } from '../../build/request.ts';
import { StagecraftError } from '../../errors/stagecraft-error.ts';
import { connectEngine } from './connect-engine.ts';
import { resolveDeadlines } from './deadlines.ts';
import type { BuildkitEngineOptions } from './engine-options.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import type { Connection } from './rpc/connection.ts';
import { isConnectionLoss, lossOf } from './rpc/connection-loss.ts';
import { isRpcError, rpcCode } from './rpc/status.ts';
import { runBuild } from './run-build.ts';
import { createSharedConnection, type SharedConnection } from './shared-connection.ts';
import { type Capabilities, probe } from './solve/capabilities.ts';

/** A build engine on any connection that leads to a BuildKit: a Docker daemon's, or a buildkitd of its own. */
export function createBuildkitEngine(options: BuildkitEngineOptions): BuildEngine {
  const shared = createSharedConnection<Capabilities>();
  return {
    name: options.name,
    build: (request, signal) => streamBuild(options, shared, request, signal),
  };
}

async function* streamBuild(
  options: BuildkitEngineOptions,
  shared: SharedConnection<Capabilities>,
  request: BuildRequest,
  signal?: AbortSignal,
): AsyncIterable<BuildEvent> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  const queue = createEventQueue<BuildEvent>();
  const working = work(options, shared, request, queue, stop.signal).then(
    () => queue.end(),
    (error) => queue.end(signal?.aborted === true ? aborted(signal.reason) : error),
  );
  try {
    yield* queue;
  } finally {
    // A reader that leaves early wants no more of the build.
    stop.abort();
    signal?.removeEventListener('abort', onAbort);
    await working;
  }
}

async function work(
  options: BuildkitEngineOptions,
  shared: SharedConnection<Capabilities>,
  request: BuildRequest,
  queue: EventQueue<BuildEvent>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const deadlines = resolveDeadlines(request.options.deadlines);
  const lease = await shared.acquire((limit) => open(options, deadlines, limit), signal);
  try {
    const { connection, findings: capabilities } = lease;
    const result = await runBuild({
      engine: options,
      connection,
      capabilities,
      request,
      deadlines,
      queue,
      signal,
    });
    queue.push({ type: 'result', result });
  } finally {
    await lease.release();
  }
}

async function open(
  options: BuildkitEngineOptions,
  deadlines: Required<BuildDeadlines>,
  signal: AbortSignal,
): Promise<{ connection: Connection; findings: Capabilities }> {
  const [connection, dockerVersion] = await Promise.all([
    connectEngine(options, deadlines, signal),
    options.dockerVersion?.(signal).catch(() => undefined),
  ]);
  // Nobody waits for the findings any more.
  const onAbort = (): void => void connection.close(true);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const docker = options.docker ?? options.upgrade !== undefined;
  try {
    const timeoutMs = deadlines.connectTimeoutMs;
    return { connection, findings: await probe(connection, { docker, dockerVersion, timeoutMs }) };
  } catch (cause) {
    const lost = isConnectionLoss(cause) ? await lossOf(connection) : undefined;
    await connection.close();
    throw lost ?? notBuildkit(options, cause);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function notBuildkit(options: BuildkitEngineOptions, cause: unknown): StagecraftError {
  const reason = isRpcError(cause) && cause.status.code !== rpcCode.unavailable ? `: ${cause.message}` : '';
  return new StagecraftError(
    'engine-protocol',
    `The engine "${options.name}" does not answer as a BuildKit${reason}.`,
    {
      hint: 'Check that the address is that of a BuildKit or of a Docker daemon with BuildKit.',
      cause,
    },
  );
}

function aborted(reason: unknown): StagecraftError {
  return new StagecraftError('aborted', 'The build was aborted.', { cause: reason });
}
