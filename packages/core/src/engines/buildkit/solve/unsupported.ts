import { StagecraftError } from '../../../errors/stagecraft-error.ts';

/** The error for what an engine would ignore without a word. */
export function unsupported(feature: string, engine: string, since: string): StagecraftError {
  return new StagecraftError('unsupported-feature', `The engine "${engine}" does not support ${feature}.`, {
    hint: `It takes ${since}. Leave the option away, or build on a newer engine.`,
  });
}
