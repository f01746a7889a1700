import { parseGoDuration } from '../util/durations.ts';
import { fail } from './fail.ts';

/** A Go duration such as `1m30s` in nanoseconds. */
export function parseDuration(text: string): number {
  return (
    parseGoDuration(text) ??
    fail(`"${text}" is not a duration.`, 'Write it with a unit, such as "30s" or "1m30s".')
  );
}
