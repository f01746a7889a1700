import { expect, test } from 'vitest';
import { buildFailed } from './build-failed.ts';

const step = { id: '2', name: '[app 2/2] RUN make', stage: 'app', instruction: 'RUN make' };
const where = { file: 'image.ts', line: 4, column: 3 };

test('says which step failed, where, and repeats its last lines', () => {
  const logTail = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const error = buildFailed({
    kind: 'BuildFailure',
    message: 'm',
    step,
    exitCode: 2,
    logTail,
    dockerfileLine: 7,
    where,
  });
  expect(error.message).toBe('The build step "RUN make" (Dockerfile line 7) failed with exit code 2.');
  expect(error.hint).toBe(`Its last output:\n${logTail.slice(-10).join('\n')}`);
  expect(error.where).toEqual(where);
});

test('explains exit codes that say little by themselves', () => {
  const error = buildFailed({
    kind: 'BuildFailure',
    message: 'm',
    step,
    exitCode: 127,
    logTail: ['sh: x: not found'],
  });
  expect(error.hint).toBe(
    'Exit code 127 means that a command was not found in the image. Its last output:\nsh: x: not found',
  );
});

test('gives the words of the engine where there is no exit code', () => {
  const error = buildFailed({ kind: 'BuildFailure', message: 'pull access denied.', logTail: [] });
  expect(error.message).toBe('The build failed: pull access denied.');
  expect(error.hint).toBeUndefined();
});
