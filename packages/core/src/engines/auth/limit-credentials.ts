import type { CredentialsSource } from '../../build/credentials.ts';
import { StagecraftError } from '../../errors/stagecraft-error.ts';
import { withDeadline } from '../buildkit/session/deadline.ts';

/** The same credentials, but a source that never answers rejects with `secret-timeout`. */
export function limitCredentials(source: CredentialsSource, timeoutMs: number): CredentialsSource {
  const never = new AbortController().signal;
  return {
    async find(host, signal = never) {
      const work = (limit: AbortSignal): ReturnType<CredentialsSource['find']> => source.find(host, limit);
      try {
        return await withDeadline(work, signal, timeoutMs, () => late(host, timeoutMs));
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new StagecraftError('aborted', 'The build was aborted.', { cause: signal.reason });
      }
    },
  };
}

function late(host: string, timeoutMs: number): StagecraftError {
  return new StagecraftError('secret-timeout', `No credentials for "${host}" within ${timeoutMs} ms.`, {
    hint: 'Check the credential helper in the docker config file, or raise "secretTimeoutMs".',
  });
}
