import { isStagecraftError, StagecraftError } from '../errors/stagecraft-error.ts';
import type { Location } from '../source/location.ts';

/** Throws an `evaluation-error`; {@link locate} adds the place. */
export function fail(message: string, hint?: string): never {
  throw new StagecraftError('evaluation-error', message, { hint });
}

/** Runs a step and gives the errors it throws the place of the instruction, unless they have one. */
export function locate<T>(where: Location | undefined, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!isStagecraftError(error) || error.where !== undefined || where === undefined) throw error;
    throw new StagecraftError(error.code, error.message, { hint: error.hint, where, cause: error });
  }
}
