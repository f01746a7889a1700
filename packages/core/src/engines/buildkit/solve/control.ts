import { randomBytes } from 'node:crypto';
import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import {
  InfoRequestSchema,
  type InfoResponse,
  InfoResponseSchema,
  ListWorkersRequestSchema,
  type ListWorkersResponse,
  ListWorkersResponseSchema,
  type SolveRequest,
  SolveRequestSchema,
  SolveResponseSchema,
  StatusRequestSchema,
  type StatusResponse,
  StatusResponseSchema,
} from '../proto/generated/control_pb.ts';
import type { ClientCall } from '../rpc/call.ts';
import { readReply } from '../rpc/call.ts';
import type { Connection } from '../rpc/connection.ts';
import { frame } from '../rpc/frame.ts';
import { createRpcError, isRpcError, rpcCode } from '../rpc/status.ts';

const service = '/moby.buildkit.v1.Control';

/** Starts a solve; read its reply with `readReply`. Throws `engine-refused` for a request over `limitBytes`. */
export async function startSolve(
  connection: Connection,
  request: SolveRequest,
  limitBytes: number,
): Promise<ClientCall> {
  const message = toBinary(SolveRequestSchema, request);
  // Far over its limit an engine just stops reading, and never says why.
  if (message.length > limitBytes) {
    throw new StagecraftError(
      'engine-refused',
      `The build request has ${message.length} bytes, but the engine takes only ${limitBytes}.`,
      { hint: 'Move large generated files from the Dockerfile into the build context.' },
    );
  }
  return start(connection, 'Solve', message);
}

/** Starts the progress stream of the solve with the same reference. */
export async function startStatus(connection: Connection, ref: string): Promise<ClientCall> {
  return start(connection, 'Status', toBinary(StatusRequestSchema, create(StatusRequestSchema, { ref })));
}

export async function nextStatus(call: ClientCall): Promise<StatusResponse | undefined> {
  const message = await call.next();
  return message === undefined ? undefined : fromBinary(StatusResponseSchema, message);
}

/** Resolves to undefined on engines before BuildKit 0.11, which don't know the call. */
export async function fetchInfo(
  connection: Connection,
  timeoutMs: number,
): Promise<InfoResponse | undefined> {
  try {
    return await ask(connection, 'Info', InfoRequestSchema, {}, InfoResponseSchema, timeoutMs);
  } catch (error) {
    if (rpcCodeOf(error) === rpcCode.unimplemented) return undefined;
    throw error;
  }
}

export function fetchWorkers(connection: Connection, timeoutMs: number): Promise<ListWorkersResponse> {
  return ask(connection, 'ListWorkers', ListWorkersRequestSchema, {}, ListWorkersResponseSchema, timeoutMs);
}

/** Whether a solve may have several exporters: an engine that can't doesn't even look at the list. */
export async function hasExporterList(connection: Connection, timeoutMs: number): Promise<boolean> {
  const exporters = [{ type: 'stagecraft-probe' }];
  const request = { ref: randomBytes(16).toString('hex'), internal: true, exporters };
  try {
    await ask(connection, 'Solve', SolveRequestSchema, request, SolveResponseSchema, timeoutMs);
    return false;
  } catch (error) {
    return isRpcError(error) && error.message.includes('stagecraft-probe');
  }
}

async function ask<Input extends DescMessage, Output extends DescMessage>(
  connection: Connection,
  method: string,
  input: Input,
  message: MessageInitShape<Input>,
  output: Output,
  timeoutMs: number,
): Promise<MessageShape<Output>> {
  const call = await start(connection, method, toBinary(input, create(input, message)));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    call.cancel();
  }, timeoutMs);
  try {
    return fromBinary(output, await readReply(call));
  } catch (error) {
    if (!late) throw error;
    const text = `no answer to ${method} within ${timeoutMs} ms`;
    throw createRpcError({ code: rpcCode.deadlineExceeded, message: text });
  } finally {
    clearTimeout(timer);
  }
}

async function start(connection: Connection, method: string, message: Uint8Array): Promise<ClientCall> {
  const call = connection.call(`${service}/${method}`);
  // A call that is gone already tells so through its status.
  await call.write(frame(message)).catch(() => {});
  call.end();
  return call;
}

function rpcCodeOf(error: unknown): number | undefined {
  return (error as { status?: { code?: number } } | undefined)?.status?.code;
}
