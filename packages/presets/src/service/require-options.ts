import { StagecraftError } from '@stagecraft/core';

/** Throws `invalid-options` unless options that belong together were given together. */
export function requireOptions(fit: boolean, message: string, hint: string): void {
  if (!fit) throw new StagecraftError('invalid-options', message, { hint });
}
