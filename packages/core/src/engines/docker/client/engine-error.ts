import { neutralise } from '../../../build/neutralise.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import { unreachable } from '../endpoint/unreachable.ts';

/** What an engine answered to a call it didn't accept. */
export interface Refusal {
  readonly statusCode: number;
  readonly message: string;
}

const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);
const longestMessage = 2000;

/** The refusal in an error of dockerode's, when the engine answered at all. */
export function refusalOf(error: unknown): Refusal | undefined {
  const { statusCode, message } = (error ?? {}) as { statusCode?: unknown; message?: unknown };
  if (typeof statusCode !== 'number') return undefined;
  const text = String(message).replace(/^\(HTTP code \d+\) .*? - /su, '');
  return { statusCode, message: neutralise(text).trim().slice(0, longestMessage) };
}

/** Makes one of our errors of whatever dockerode, Node or the engine reported while doing `action`. */
export function engineError(error: unknown, describe: string, action: string): StagecraftError {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  if (name === 'StagecraftError') return error as StagecraftError;
  const refusal = refusalOf(error);
  if (refusal !== undefined) return refused(refusal, describe, action);
  if (typeof code === 'string' && code.startsWith('HPE_'))
    return notAnEngine(describe, String(message), error);
  if (isLoss(String(code), String(message))) return lost(describe, action, error);
  return unreachable(describe, error);
}

function isLoss(code: string, message: string): boolean {
  return lostCodes.has(code) || /socket hang up|aborted/u.test(message);
}

function lost(describe: string, action: string, cause?: unknown): StagecraftError {
  return new StagecraftError('connection-lost', `The connection to "${describe}" was lost while ${action}.`, {
    hint: 'The engine was stopped or something between cut the connection. Try again.',
    cause,
  });
}

function refused({ statusCode, message }: Refusal, describe: string, action: string): StagecraftError {
  if (statusCode >= 300 && statusCode < 400) {
    return notAnEngine(describe, `it answered with a redirect (${statusCode}), which isn't followed`);
  }
  const forbidden = statusCode === 401 || statusCode === 403;
  const page = /^<(?:!doctype|html)/iu.test(message);
  // A socket proxy forbids with a web page, too.
  if (page && !forbidden) return notAnEngine(describe, `it answered with a web page (${statusCode})`);
  // Not the words of an engine but of its HTTP server, which got only a part of the request.
  if (message === '400 Bad Request') return lost(describe, action);
  const reason = message === '' || page ? `status ${statusCode}` : message.replace(/\.$/u, '');
  const hint = forbidden
    ? 'Something between allows only some calls, for example a socket proxy. Allow this one.'
    : undefined;
  return new StagecraftError('engine-refused', `The engine refused while ${action}: ${reason}.`, {
    hint,
    cause: { statusCode, message },
  });
}

function notAnEngine(describe: string, reason: string, cause?: unknown): StagecraftError {
  return new StagecraftError(
    'engine-protocol',
    `What answers at "${describe}" is no Docker engine: ${reason}.`,
    {
      hint: 'Check the address in DOCKER_HOST.',
      cause,
    },
  );
}
