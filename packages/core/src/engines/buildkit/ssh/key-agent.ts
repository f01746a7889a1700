import { sign } from 'node:crypto';
import { type Agent, agentReply, agentRequest } from './agent.ts';
import type { AgentKey } from './private-key.ts';
import { createWireReader, wireBytes, wireInteger, wireUint32 } from './wire.ts';

const rsaSha256Flag = 2;
const rsaSha512Flag = 4;

const curveHashes: Readonly<Record<string, string>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
};

/** An agent that only exists during the build and holds `keys`. */
export function createKeyAgent(keys: readonly AgentKey[]): Agent {
  return {
    close: () => {},
    async ask(request) {
      if (request[0] === agentRequest.listIdentities) return listIdentities(keys);
      if (request[0] === agentRequest.sign) return signRequest(keys, request.subarray(1));
      return Uint8Array.of(agentReply.failure);
    },
  };
}

function listIdentities(keys: readonly AgentKey[]): Uint8Array {
  const entries = keys.flatMap((key) => [wireBytes(key.publicBlob), wireBytes(key.comment)]);
  return Buffer.concat([Uint8Array.of(agentReply.identities), wireUint32(keys.length), ...entries]);
}

function signRequest(keys: readonly AgentKey[], body: Uint8Array): Uint8Array {
  const reader = createWireReader(body);
  const blob = reader.bytes();
  const data = reader.bytes();
  const flags = reader.uint32();
  const key = keys.find(({ publicBlob }) => publicBlob.equals(blob));
  if (key === undefined) return Uint8Array.of(agentReply.failure);
  return Buffer.concat([Uint8Array.of(agentReply.signature), wireBytes(signature(key, data, flags))]);
}

function signature({ type, key }: AgentKey, data: Buffer, flags: number): Buffer {
  if (type === 'ssh-ed25519') return Buffer.concat([wireBytes(type), wireBytes(sign(null, data, key))]);
  if (type === 'ssh-rsa') {
    const [name, hash] =
      flags & rsaSha512Flag
        ? ['rsa-sha2-512', 'sha512']
        : flags & rsaSha256Flag
          ? ['rsa-sha2-256', 'sha256']
          : ['ssh-rsa', 'sha1'];
    return Buffer.concat([wireBytes(name as string), wireBytes(sign(hash as string, data, key))]);
  }
  const raw = sign(curveHashes[type], data, { key, dsaEncoding: 'ieee-p1363' });
  const half = raw.length / 2;
  const numbers = Buffer.concat([wireInteger(raw.subarray(0, half)), wireInteger(raw.subarray(half))]);
  return Buffer.concat([wireBytes(type), wireBytes(numbers)]);
}
