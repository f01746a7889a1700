import { StagecraftError } from '../../../errors/stagecraft-error.ts';

const hints: Readonly<Record<string, string>> = {
  ENOENT: 'Start Docker, or set DOCKER_HOST to where it listens.',
  ECONNREFUSED: 'Nothing listens there. Start Docker, or set DOCKER_HOST to where it listens.',
  EACCES: 'This user may not open the socket. Add the user to the "docker" group, or use a rootless engine.',
  ETIMEDOUT:
    "The address didn't answer in time. Check the network, or set DOCKER_HOST to where Docker listens.",
  ENOTFOUND: 'The host name is unknown. Check DOCKER_HOST.',
};
const certificateHint =
  "The engine's certificate isn't trusted for this address. Check DOCKER_CERT_PATH and the host name; verification stays on.";

/** The error of an engine that can't be reached, with what to do about it; `aborted` and errors of ours pass through. */
export function unreachable(describe: string, error: unknown): StagecraftError {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  if (name === 'StagecraftError') return error as StagecraftError;
  if (name === 'AbortError')
    return new StagecraftError('aborted', 'The build was aborted.', { cause: error });
  const reason = typeof message === 'string' && message !== '' ? message : String(code ?? 'no reason given');
  return new StagecraftError(
    'engine-unreachable',
    `No engine answers at "${describe}": ${reason.replace(/\.$/u, '')}.`,
    {
      hint: hintFor(String(code)),
      cause: error,
    },
  );
}

function hintFor(code: string): string {
  if (/CERT|TLS|SELF_SIGNED|UNABLE_TO/u.test(code)) return certificateHint;
  return hints[code] ?? 'Check that the engine runs and that DOCKER_HOST names it.';
}
