import { expect } from 'vitest';
import { isStagecraftError, type StagecraftError } from '../../../src/errors/stagecraft-error.ts';

/** The error `work` must reject with. */
export async function errorOf(work: Promise<unknown>): Promise<StagecraftError> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome, 'nothing was rejected').toBeDefined();
  if (!isStagecraftError(outcome)) throw outcome;
  return outcome;
}
