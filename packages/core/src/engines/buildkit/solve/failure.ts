import { buildFailed } from '../../../build/build-failed.ts';
import type { BuildFailure } from '../../../build/failure.ts';
import { dockerfileLineIn, exitCodeIn } from '../../../build/failure-message.ts';
import type { RenderedDockerfile } from '../../../build/request.ts';
import { StagecraftError } from '../../../errors/stagecraft-error.ts';
import type { ProgressBoard } from '../progress/board.ts';
import { originAt } from '../progress/step-finder.ts';
import { type RpcStatus, rpcCode } from '../rpc/status.ts';
import { readErrorDetails } from './error-details.ts';

export interface FailureContext {
  readonly engine: string;
  readonly rendered: RenderedDockerfile;
  readonly board: ProgressBoard;
  readonly clean: (text: string) => string;
}

/** Explains why a solve failed: which step, at which place, with which last words. */
export function explainFailure(status: RpcStatus, context: FailureContext): StagecraftError {
  const message = context.clean(status.message);
  if (/unsupported frontend capability moby\.buildkit\.frontend\.contexts/u.test(message)) {
    return new StagecraftError(
      'unsupported-feature',
      `The engine "${context.engine}" does not support named contexts.`,
      { hint: 'It takes BuildKit 0.10 (Docker 23).' },
    );
  }
  if (status.code === rpcCode.resourceExhausted) {
    return new StagecraftError(
      'engine-refused',
      `The engine "${context.engine}" refused a message that is too large for it: "${message}".`,
      { hint: 'Move large generated files from the Dockerfile into the build context.' },
    );
  }
  return buildFailed(describe(status, message, context));
}

function describe(status: RpcStatus, message: string, context: FailureContext): BuildFailure {
  const details = readErrorDetails(status.details);
  const byDigest = details.vertex === undefined ? undefined : context.board.find(details.vertex);
  const state = byDigest ?? context.board.failed();
  const line = details.line ?? state?.step.dockerfileLine ?? dockerfileLineIn(message);
  const where =
    (line === undefined ? undefined : originAt(context.rendered, line)?.where) ?? state?.step.where;
  const exitCode = details.exitCode ?? exitCodeIn(message);
  return {
    kind: 'BuildFailure',
    message,
    logTail: state === undefined ? [] : [...state.logTail],
    ...(state === undefined ? {} : { step: state.step }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(line === undefined ? {} : { dockerfileLine: line }),
    ...(where === undefined ? {} : { where }),
  };
}
