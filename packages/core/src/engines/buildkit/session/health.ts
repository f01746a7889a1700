import { EmptySchema } from '@bufbuild/protobuf/wkt';
import { HealthCheckResponseSchema } from '../proto/generated/session_pb.ts';
import type { RpcHandler } from '../rpc/serve.ts';
import { unary } from './unary.ts';

const serving = 1;

/** Engines ask every few seconds and close a session that doesn't answer. */
export function createHealthService(): ReadonlyMap<string, RpcHandler> {
  // The request names a service that is not looked at, so any message stands for it.
  const check = unary(EmptySchema, HealthCheckResponseSchema, async () => ({ status: serving }));
  return new Map([['/grpc.health.v1.Health/Check', check]]);
}
