import type { BuildDeadlines } from '../../build/request.ts';
import { StagecraftError } from '../../errors/stagecraft-error.ts';

/** Deadlines with their defaults filled in. */
export function resolveDeadlines(deadlines: BuildDeadlines | undefined): Required<BuildDeadlines> {
  const resolved = {
    idleTimeoutMs: deadlines?.idleTimeoutMs ?? 30_000,
    connectTimeoutMs: deadlines?.connectTimeoutMs ?? 10_000,
    secretTimeoutMs: deadlines?.secretTimeoutMs ?? 20_000,
  };
  for (const [name, value] of Object.entries(resolved)) {
    if (!(value > 0 && value < 2 ** 31)) {
      throw new StagecraftError('invalid-options', `The deadline "${name}" can't be ${value}.`, {
        hint: 'Give milliseconds, at least 1.',
      });
    }
  }
  return resolved;
}
