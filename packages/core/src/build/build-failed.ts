import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { BuildFailure } from './failure.ts';

/** Lines of output the hint repeats; the failure itself holds all it knows. */
const shownLines = 10;

const hints: Readonly<Record<number, string>> = {
  126: 'Exit code 126 means that the file is not executable.',
  127: 'Exit code 127 means that a command was not found in the image.',
  137: 'Exit code 137 means that the process was killed, often for lack of memory.',
};

/** The error of a build that failed: which step, why, what it wrote last; `where` is the TypeScript line behind it. */
export function buildFailed(failure: BuildFailure): StagecraftError {
  const { step, exitCode, dockerfileLine, message } = failure;
  const name = step?.instruction ?? step?.name;
  const subject = name === undefined ? 'The build' : `The build step "${name}"`;
  const place = dockerfileLine === undefined ? '' : ` (Dockerfile line ${dockerfileLine})`;
  const outcome =
    exitCode === undefined
      ? `failed: ${message.trim().replace(/\.?$/u, '.')}`
      : `failed with exit code ${exitCode}.`;
  return new StagecraftError('build-failed', `${subject}${place} ${outcome}`, {
    hint: hintFor(failure),
    where: failure.where,
    cause: failure,
  });
}

function hintFor({ step, exitCode, message, logTail }: BuildFailure): string | undefined {
  const shown = logTail.slice(-shownLines);
  const output = shown.length === 0 ? undefined : `Its last output:\n${shown.join('\n')}`;
  const meaning = exitCode === undefined ? undefined : hints[exitCode];
  const missing =
    /^(?:COPY|ADD)/iu.test(step?.instruction ?? '') &&
    /not found|no such file|no source files/iu.test(message)
      ? 'Check the path, and that no ignore file takes it out of the context.'
      : undefined;
  const parts = [meaning ?? missing, output].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}
