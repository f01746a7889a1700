import { expect, test } from 'vitest';
import { dockerfileLineIn, exitCodeIn } from './failure-message.ts';

test.each([
  ["The command '/bin/sh -c false' returned a non-zero code: 7", 7],
  ['process "/bin/sh -c false" did not complete successfully: exit code: 127', 127],
  ['building at STEP "RUN false": while running runtime: exit status 1', 1],
  ["The command '/bin/sh -c echo exit code: 3; false' returned a non-zero code: 4", 4],
  ['failed to fetch remote https://x/y.git: exit status 128', undefined],
  ['COPY failed: file not found in build context', undefined],
])('reads the exit code of %s', (message, code) => {
  expect(exitCodeIn(message)).toBe(code);
});

test.each([
  ['dockerfile parse error line 12: unknown instruction: NOPE', 12],
  ['dockerfile parse error on line 3: no build stage', 3],
  ['no such image', undefined],
])('reads the line of %s', (message, line) => {
  expect(dockerfileLineIn(message)).toBe(line);
});
