import type { CredentialsSource, RegistryCredentials } from '../../../build/credentials.ts';
import { limitCredentials } from '../../auth/limit-credentials.ts';
import { CredentialsRequestSchema, CredentialsResponseSchema } from '../proto/generated/session_pb.ts';
import type { RpcHandler } from '../rpc/serve.ts';
import type { SessionFailures } from './failures.ts';
import { unary } from './unary.ts';

export interface AuthOptions {
  readonly credentials: CredentialsSource;
  readonly timeoutMs: number;
  readonly failures: SessionFailures;
  readonly onSecret: (value: string) => void;
}

// The engine asks by the address it connects to; people and config files know the Docker Hub by another name.
const hubHosts = new Set(['registry-1.docker.io', 'index.docker.io', 'docker.io']);

/** Gives the engine the credentials of exactly the host it names, and empty ones for any other. */
export function createAuthService(options: AuthOptions): ReadonlyMap<string, RpcHandler> {
  const credentials = unary(
    CredentialsRequestSchema,
    CredentialsResponseSchema,
    async ({ host }, { signal }) => {
      const name = hubHosts.has(host.toLowerCase()) ? 'docker.io' : host;
      const found = await find(name, signal, options);
      if (found === undefined) return {};
      const reply = toReply(found);
      options.onSecret(reply.secret);
      return reply;
    },
  );
  return new Map([['/moby.filesync.v1.Auth/Credentials', credentials]]);
}

async function find(
  host: string,
  signal: AbortSignal,
  options: AuthOptions,
): Promise<RegistryCredentials | undefined> {
  try {
    return await limitCredentials(options.credentials, options.timeoutMs).find(host, signal);
  } catch (error) {
    if (!signal.aborted) options.failures.report(error);
    throw error;
  }
}

function toReply(found: RegistryCredentials): { username: string; secret: string } {
  if ('identityToken' in found) return { username: '', secret: found.identityToken };
  return { username: found.username, secret: found.password };
}
