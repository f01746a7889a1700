import { StagecraftError } from '../errors/stagecraft-error.ts';

/** A mistake in the text; the caller that knows the line adds it. */
export function syntaxError(message: string, hint: string): never {
  throw new StagecraftError('parse-error', message, { hint });
}
