import { createHash } from 'node:crypto';
import type { BuildEvent } from '../../build/event.ts';
import { neutralise } from '../../build/neutralise.ts';
import { createRedactor, type Redactor } from '../../build/redactor.ts';
import type { BuildDeadlines, BuildRequest } from '../../build/request.ts';
import type { BuildResult } from '../../build/result.ts';
import { isStagecraftError, StagecraftError } from '../../errors/stagecraft-error.ts';
import { dockerCredentials } from '../auth/index.ts';
import type { BuildkitEngineOptions } from './engine-options.ts';
import type { EventQueue } from './event-queue.ts';
import { type Layouts, prepareLayouts } from './layout/prepare-layouts.ts';
import { createProgressBoard, type ProgressBoard } from './progress/board.ts';
import type { Connection } from './rpc/connection.ts';
import { engineSilent, isConnectionLoss, lossOf } from './rpc/connection-loss.ts';
import type { RpcHandlers } from './rpc/serve.ts';
import { isRpcError } from './rpc/status.ts';
import { runSolve } from './run-solve.ts';
import { createAuthService } from './session/auth.ts';
import { createContentService } from './session/content.ts';
import { createFailures, type SessionFailures } from './session/failures.ts';
import { createFileSendService, type FileSendService } from './session/file-send.ts';
import { createFileSyncService } from './session/file-sync.ts';
import { createHealthService } from './session/health.ts';
import { createSecretsService } from './session/secrets.ts';
import { openSession, type Session } from './session/session.ts';
import { createSshService } from './session/ssh.ts';
import { secretsOfCaches } from './solve/caches.ts';
import type { Capabilities } from './solve/capabilities.ts';
import { explainFailure } from './solve/failure.ts';
import { planSolve, type SolvePlan } from './solve/plan.ts';
import { readResult } from './solve/result.ts';

export interface BuildRun {
  readonly engine: BuildkitEngineOptions;
  readonly connection: Connection;
  readonly capabilities: Capabilities;
  readonly request: BuildRequest;
  readonly deadlines: Required<BuildDeadlines>;
  readonly queue: EventQueue<BuildEvent>;
  /** Stops the build when it aborts. */
  readonly signal: AbortSignal;
}

/** Everything that belongs to one build while it runs. */
interface Work extends BuildRun {
  readonly layouts: Layouts;
  readonly plan: SolvePlan;
  readonly redactor: Redactor;
  readonly board: ProgressBoard;
  readonly failures: SessionFailures;
  readonly clean: (text: string) => string;
  /** The build's own end: the caller's abort, or a failure on our side. */
  readonly stop: AbortSignal;
}

/** Runs one build on an open connection; its events go to the queue, the verified result comes back. */
export async function runBuild(run: BuildRun): Promise<BuildResult> {
  const layouts = await prepareLayouts(run.request);
  const { request } = layouts;
  for (const text of layouts.warnings) run.queue.push({ type: 'warning', text });
  const plan = planSolve(request, run.capabilities, run.engine.name);
  const redactor = createRedactor();
  for (const secret of secretsOfCaches(request.options)) redactor.add(secret);
  const clean = (text: string): string => neutralise(redactor.redact(text));
  const stop = new AbortController();
  const failures = createFailures(() => stop.abort());
  const onAbort = (): void => stop.abort();
  run.signal.addEventListener('abort', onAbort, { once: true });
  if (run.signal.aborted) onAbort();
  const board = createProgressBoard({
    rendered: plan.rendered,
    clean,
    redact: redactor.redact,
    holdBack: () => redactor.longest,
  });
  const work: Work = { ...run, request, layouts, plan, redactor, board, failures, clean, stop: stop.signal };
  try {
    return await solveInSession(work);
  } finally {
    run.signal.removeEventListener('abort', onAbort);
    await layouts.close();
  }
}

async function solveInSession(work: Work): Promise<BuildResult> {
  let session: Session | undefined;
  let settled = false;
  const fileSend = createReceiver(work);
  const { dialSession } = work.engine;
  const { connectTimeoutMs: timeoutMs, idleTimeoutMs } = work.deadlines;
  try {
    session = await openSession(work.connection, {
      handlers: createHandlers(work, fileSend),
      sharedKey: sharedKeyOf(work.request),
      timeoutMs,
      idleTimeoutMs,
      signal: work.stop,
      ...(dialSession && { dial: dialSession }),
    });
    void session.closed.then(({ silent }) => {
      if (!settled)
        work.failures.report(silent ? engineSilent(work.engine.name, idleTimeoutMs) : sessionLost(work));
    });
    const { connection, board, queue, failures, stop } = work;
    const request = work.plan.solveRequest(session.id);
    const { messageLimitBytes } = work.capabilities;
    const answer = await runSolve({
      connection,
      request,
      messageLimitBytes,
      board,
      queue,
      failures,
      signal: stop,
    });
    await fileSend.settled();
    await work.layouts.finish(answer);
    settled = true;
    if (failures.first() !== undefined) throw failures.first();
    return await readResult(answer, work.plan, work);
  } catch (error) {
    settled = true;
    throw await explain(error, work);
  } finally {
    session?.close();
  }
}

function createReceiver(work: Work): FileSendService {
  const { load } = work.engine;
  const isNeeded = work.capabilities.store === 'buildkitd' && load !== undefined;
  return createFileSendService({
    outputs: work.plan.exports.map(({ output }) => output),
    load: isNeeded ? (archive) => load(archive, work.signal) : undefined,
    failures: work.failures,
  });
}

function createHandlers(work: Work, fileSend: FileSendService): RpcHandlers {
  const { request, deadlines, failures, redactor, queue, plan, layouts } = work;
  const timeoutMs = deadlines.secretTimeoutMs;
  const onSecret = (secret: string | Uint8Array): void => redactor.add(secret);
  const credentials = request.options.credentials ?? work.engine.credentials ?? dockerCredentials();
  return new Map([
    ...createHealthService(),
    ...createFileSyncService({
      directories: plan.directories,
      failures,
      onTransfer: (name, sentBytes, totalBytes) =>
        queue.push({
          type: 'transfer',
          name,
          sentBytes,
          ...(totalBytes === undefined ? {} : { totalBytes }),
        }),
    }),
    ...createSecretsService({ secrets: request.options.secrets, timeoutMs, failures, onSecret }),
    ...createAuthService({ credentials, timeoutMs, failures, onSecret }),
    ...createSshService(request.options.ssh ?? [], failures),
    ...createContentService(layouts.stores),
    ...fileSend.handlers,
  ]);
}

/** What the engine files our directories under: the same for the next build of the same image, never shared by two. */
function sharedKeyOf({ context, options }: BuildRequest): string {
  const identity = 'url' in context ? context.url : context.identity;
  const parts = [identity, options.target ?? '', options.tags[0] ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function explain(error: unknown, work: Work): Promise<unknown> {
  if (work.signal.aborted) return error;
  const own = work.failures.first();
  const lost = isConnectionLoss(error) ? await lossOf(work.connection) : undefined;
  // A lost connection takes the session along; the connection is what to tell about.
  if (lost !== undefined) return lost;
  if (own !== undefined) return own;
  if (isRpcError(error)) {
    return explainFailure(error.status, {
      engine: work.engine.name,
      rendered: work.plan.rendered,
      board: work.board,
      clean: work.clean,
    });
  }
  if (isStagecraftError(error)) return error;
  return new StagecraftError(
    'engine-protocol',
    `The engine "${work.engine.name}" answered in an unexpected way.`,
    {
      cause: error,
    },
  );
}

function sessionLost(work: Work): StagecraftError {
  return new StagecraftError(
    'session-lost',
    `The engine "${work.engine.name}" closed the session of the build.`,
    {
      hint: 'Build again; if it happens at the same place each time, look into the log of the engine.',
    },
  );
}
