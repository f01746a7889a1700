import { readFileSync } from 'node:fs';
import { EmptySchema } from '@bufbuild/protobuf/wkt';
import type { SshSource } from '../../../build/ssh-source.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { decodeBytesMessage, encodeBytesMessage } from '../proto/bytes-message.ts';
import { CheckAgentRequestSchema } from '../proto/generated/session_pb.ts';
import type { RpcHandler } from '../rpc/serve.ts';
import { createRpcError, type RpcError, rpcCode } from '../rpc/status.ts';
import { type Agent, restrict } from '../ssh/agent.ts';
import { createAgentFramer } from '../ssh/agent-framer.ts';
import { createKeyAgent } from '../ssh/key-agent.ts';
import { readPrivateKey } from '../ssh/private-key.ts';
import { openSocketAgent } from '../ssh/socket-agent.ts';
import { wireBytes } from '../ssh/wire.ts';
import type { SessionFailures } from './failures.ts';
import { unary } from './unary.ts';

const defaultId = 'default';

/** Lends ssh agents to the steps that mount them. Key files are read at once, so that a bad one fails early. */
export function createSshService(
  sources: readonly SshSource[],
  failures: SessionFailures,
): ReadonlyMap<string, RpcHandler> {
  const openers = new Map(sources.map((source) => [source.id, agentOpener(source)]));
  const check = unary(CheckAgentRequestSchema, EmptySchema, async ({ id }) => {
    if (!openers.has(id === '' ? defaultId : id)) throw unknownId(id);
    return {};
  });
  const forward: RpcHandler = async (call) => {
    const id = call.metadata.get('buildkit.ssh.id')?.[0] || defaultId;
    const open = openers.get(id);
    if (open === undefined) throw unknownId(id);
    const agent = await open().catch((cause) => {
      const error = unusable(id, cause);
      failures.report(error);
      throw error;
    });
    const frames = createAgentFramer();
    call.signal.addEventListener('abort', () => agent.close(), { once: true });
    try {
      for (let message = await call.next(); message !== undefined; message = await call.next()) {
        for (const request of frames(decodeBytesMessage(message))) {
          await call.write(encodeBytesMessage(wireBytes(await agent.ask(request))));
        }
      }
    } finally {
      agent.close();
    }
  };
  return new Map([
    ['/moby.sshforward.v1.SSH/CheckAgent', check],
    ['/moby.sshforward.v1.SSH/ForwardAgent', forward],
  ]);
}

function agentOpener(source: SshSource): () => Promise<Agent> {
  const { id, agentSocket, keyFiles } = source;
  if ((agentSocket === undefined) === (keyFiles === undefined)) {
    throw new StagecraftError(
      'invalid-options',
      `The ssh source "${id}" needs either an agent socket or key files.`,
    );
  }
  if (agentSocket !== undefined) return async () => restrict(await openSocketAgent(agentSocket));
  const keys = (keyFiles ?? []).map((path) => {
    try {
      return readPrivateKey(readFileSync(path, 'utf8'));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StagecraftError('invalid-value', `The ssh key "${path}" can't be used: ${why}.`, {
        hint: 'Add the key to a running ssh agent and give that as "agentSocket".',
      });
    }
  });
  return async () => createKeyAgent(keys);
}

function unknownId(id: string): RpcError {
  return createRpcError({ code: rpcCode.notFound, message: `unset ssh forward key ${id}` });
}

function unusable(id: string, cause: unknown): StagecraftError {
  return new StagecraftError('invalid-value', `The ssh agent "${id}" can't be reached.`, {
    hint: 'Check that an ssh agent runs and that "agentSocket" is its socket, usually the value of SSH_AUTH_SOCK.',
    cause,
  });
}
