import { fromBinary } from '@bufbuild/protobuf';
import type { BuildEvent } from '../../build/event.ts';
import type { EventQueue } from './event-queue.ts';
import type { ProgressBoard } from './progress/board.ts';
import type { SolveRequest } from './proto/generated/control_pb.ts';
import { SolveResponseSchema } from './proto/generated/control_pb.ts';
import { type ClientCall, readReply } from './rpc/call.ts';
import type { Connection } from './rpc/connection.ts';
import type { SessionFailures } from './session/failures.ts';
import { nextStatus, startSolve, startStatus } from './solve/control.ts';
import { createStopper } from './stopper.ts';

const statusGraceMs = { success: 3000, failure: 250, abort: 40 } as const;

export interface SolveRun {
  readonly connection: Connection;
  readonly request: SolveRequest;
  readonly messageLimitBytes: number;
  readonly board: ProgressBoard;
  readonly queue: EventQueue<BuildEvent>;
  readonly failures: SessionFailures;
  readonly signal: AbortSignal;
}

/** Runs one solve with its progress stream. Resolves to what the exporters answered; rejects with an RpcError. */
export async function runSolve(run: SolveRun): Promise<Readonly<Record<string, string>>> {
  const { connection, request, signal } = run;
  const solve = await startSolve(connection, request, run.messageLimitBytes);
  const status = await startStatus(connection, request.ref);
  const stopper = createStopper(() => solve.cancel());
  const cancel = (): void => stopper.stop();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) solve.cancel();
  const watching = watchProgress(status, run, () => stopper.noteChange());
  try {
    const reply = await readReply(solve);
    await within(watching, statusGraceMs.success);
    return fromBinary(SolveResponseSchema, reply).exporterResponse;
  } catch (error) {
    await within(watching, signal.aborted ? statusGraceMs.abort : statusGraceMs.failure);
    throw error;
  } finally {
    stopper.end();
    signal.removeEventListener('abort', cancel);
    status.cancel();
    run.queue.push(...run.board.finish());
  }
}

async function watchProgress(status: ClientCall, run: SolveRun, onChange: () => void): Promise<void> {
  try {
    for (;;) {
      const report = await nextStatus(status);
      if (report === undefined) return;
      if (report.vertexes.length > 0) onChange();
      run.queue.push(...run.board.apply(report));
      await run.queue.room();
    }
  } catch {
    // Progress is not the outcome: when this stream breaks, the solve itself tells what happened.
  }
}

async function within(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
