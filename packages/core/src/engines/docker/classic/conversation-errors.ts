import { buildFailed } from '../../../build/build-failed.ts';
import { dockerfileLineIn } from '../../../build/failure-message.ts';
import { isStagecraftError, StagecraftError } from '../../../errors/stagecraft-error.ts';
import { engineError, type Refusal } from '../client/engine-error.ts';
import type { Conversation } from './run-liveness.ts';

export function fellSilent(describe: string, silentMs: number, conversation: Conversation): StagecraftError {
  const message = `"${describe}" stayed silent for ${silentMs} ms while ${phaseOf(conversation)}.`;
  return new StagecraftError('idle-timeout', message, {
    hint: 'Check the engine and the network. Raise "deadlines.idleTimeoutMs" if the engine is only slow.',
  });
}

/** One of our errors for whatever ended the conversation early. */
export function translateFailure(
  error: unknown,
  describe: string,
  conversation: Conversation,
  signal: AbortSignal,
): StagecraftError {
  if (signal.aborted) {
    const reason: unknown = signal.reason;
    if (isStagecraftError(reason)) return reason;
    return new StagecraftError('aborted', 'The build was aborted.', { cause: reason });
  }
  if (isStagecraftError(error) && error.code === 'engine-refused') {
    const refusal = error.cause as Refusal;
    // The archive is only sent whole, so an engine that missed the rest of it was cut off.
    if (/unexpected EOF/u.test(refusal.message)) return lost(error, describe, conversation);
    return dockerfileError(refusal, conversation) ?? error;
  }
  if (isStagecraftError(error) && error.code !== 'connection-lost') return error;
  if (isStagecraftError(error)) return lost(error.cause, describe, conversation);
  return engineError(error, describe, phaseOf(conversation));
}

function lost(cause: unknown, describe: string, conversation: Conversation): StagecraftError {
  const message = `The connection to "${describe}" was lost while ${phaseOf(conversation)}.`;
  return new StagecraftError('connection-lost', message, {
    hint: 'The engine was stopped or something between cut the connection. Build again.',
    cause,
  });
}

function phaseOf({ body, progress }: Conversation): string {
  if (body.state !== 'sent') return `it took the context, ${body.sentBytes} bytes so far`;
  const { running } = progress;
  if (running === undefined)
    return progress.announced === 0 ? 'it prepared the build' : 'it finished the build';
  return `it ran step ${running.step.id}, "${running.step.instruction ?? running.step.name}"`;
}

/** An engine that can't read the Dockerfile says which line it is. */
function dockerfileError({ message }: Refusal, { progress }: Conversation): StagecraftError | undefined {
  const dockerfileLine = dockerfileLineIn(message);
  if (dockerfileLine === undefined) return undefined;
  const step = progress.steps.findLast((candidate) => (candidate.dockerfileLine ?? 0) <= dockerfileLine);
  return buildFailed({
    kind: 'BuildFailure',
    message,
    ...(step && { step }),
    logTail: [],
    dockerfileLine,
    ...(step?.where && { where: step.where }),
  });
}
