import type { SecretSource } from '../../../build/request.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { GetSecretRequestSchema, GetSecretResponseSchema } from '../proto/generated/session_pb.ts';
import type { RpcHandler } from '../rpc/serve.ts';
import { createRpcError, rpcCode } from '../rpc/status.ts';
import { withDeadline } from './deadline.ts';
import type { SessionFailures } from './failures.ts';
import { unary } from './unary.ts';

const largestSecretBytes = 500 * 1024;

export interface SecretsOptions {
  readonly secrets: readonly SecretSource[];
  readonly timeoutMs: number;
  readonly failures: SessionFailures;
  /** Told every value that leaves, so that it can be hidden in what comes back. */
  readonly onSecret: (value: Uint8Array) => void;
}

/** Hands out secrets by id, when a step asks for them. */
export function createSecretsService(options: SecretsOptions): ReadonlyMap<string, RpcHandler> {
  const sources = new Map(options.secrets.map((secret) => [secret.id, secret]));
  const getSecret = unary(GetSecretRequestSchema, GetSecretResponseSchema, async ({ id }, { signal }) => {
    const source = sources.get(id);
    const data = source === undefined ? undefined : await readSecret(source, signal, options);
    if (data === undefined) {
      throw createRpcError({ code: rpcCode.notFound, message: `secret "${id}" was not given to the build` });
    }
    options.onSecret(data);
    return { data };
  });
  return new Map([['/moby.buildkit.secrets.v1.Secrets/GetSecret', getSecret]]);
}

async function readSecret(
  source: SecretSource,
  signal: AbortSignal,
  options: SecretsOptions,
): Promise<Uint8Array | undefined> {
  try {
    const value = await withDeadline(
      (limit) => source.value(limit),
      signal,
      options.timeoutMs,
      () => tooLate(source, options),
    );
    if (value !== undefined && value.length > largestSecretBytes) throw tooLarge(source, value.length);
    return value;
  } catch (cause) {
    const error = cause instanceof StagecraftError ? cause : unreadable(source, cause);
    if (!signal.aborted) options.failures.report(error);
    throw error;
  }
}

function tooLate(source: SecretSource, options: SecretsOptions): StagecraftError {
  return new StagecraftError(
    'secret-timeout',
    `The secret "${source.id}" was not provided within ${options.timeoutMs} ms.`,
    { hint: 'Make the provider answer sooner, or raise "secretTimeoutMs".' },
  );
}

function tooLarge(source: SecretSource, bytes: number): StagecraftError {
  return new StagecraftError(
    'secret-too-large',
    `The secret "${source.id}" has ${bytes} bytes, more than the limit of ${largestSecretBytes}.`,
    { hint: 'Pass large files through the build context or a named context.' },
  );
}

function unreadable(source: SecretSource, cause: unknown): StagecraftError {
  return new StagecraftError('secret-missing', `The secret "${source.id}" could not be read.`, { cause });
}
