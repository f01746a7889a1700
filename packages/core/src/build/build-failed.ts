import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { BuildFailure } from './failure.ts';

/** Lines of output an error message repeats; the failure itself holds all it knows. */
const shownLines = 10;

/** The error of a build that failed: it says which step, why, what the step wrote last, and points at the TypeScript line. */
export function buildFailed(failure: BuildFailure): StagecraftError {
  const shown = failure.logTail.slice(-shownLines).map((line) => `\n  ${line}`);
  return new StagecraftError('build-failed', `${sentence(failure)}${shown.join('')}`, {
    hint: hint(failure),
    where: failure.where,
    cause: failure,
  });
}

function sentence({ step, exitCode, message }: BuildFailure): string {
  const name = step === undefined ? 'The build failed' : `"${step.instruction ?? step.name}" failed`;
  const stage = step?.stage === undefined || step.stage === '' ? '' : ` in stage "${step.stage}"`;
  const reason =
    exitCode === undefined ? `: ${message.trim().replace(/\.$/u, '')}` : ` with exit code ${exitCode}`;
  return `${name}${stage}${reason}.`;
}

function hint({ exitCode, dockerfileLine }: BuildFailure): string | undefined {
  const line =
    dockerfileLine === undefined ? '' : ` It is line ${dockerfileLine} of the rendered Dockerfile.`;
  if (exitCode === 127) return `Exit code 127 means that a command was not found in the image.${line}`;
  if (exitCode === 137)
    return `Exit code 137 means that the process was killed, often for lack of memory.${line}`;
  return line === '' ? undefined : line.trim();
}
