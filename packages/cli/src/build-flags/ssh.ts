import { statSync } from 'node:fs';
import { StagecraftError } from '@stagecraft/core';
import type { SshSource } from '@stagecraft/core/build';

/** `default`, `default=/run/agent.sock` or `github=key1,key2`; without a path, the agent of `SSH_AUTH_SOCK`. */
export function toSsh(text: string): SshSource {
  const [, id = '', paths = ''] = /^([^=]*)=?(.*)$/su.exec(text) ?? [];
  const [first = '', ...others] = paths === '' ? [process.env['SSH_AUTH_SOCK'] ?? ''] : paths.split(',');
  if (id === '' || first === '') {
    throw new StagecraftError('invalid-options', `--ssh "${text}" names no agent and no key.`, {
      hint: 'Start an agent, so that SSH_AUTH_SOCK is set, or write --ssh default=path/to/key.',
    });
  }
  if (others.length === 0 && statSync(first, { throwIfNoEntry: false })?.isSocket() === true)
    return { id, agentSocket: first };
  return { id, keyFiles: [first, ...others] };
}
