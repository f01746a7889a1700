import { basename } from 'node:path';
import { type BuildStep, type BuildSummary, type Interval, neutralise } from '@stagecraft/core/build';
import { showBytes } from '../show-bytes.ts';

/** The engine's name of a step as one line that is safe to show. */
export function titleOf({ name }: BuildStep): string {
  return neutralise(name).replaceAll(/\s+/gu, ' ').trim();
}

/** The user's line behind a step, such as `image.ts:4`; empty when there is none. */
export function placeOf({ where }: BuildStep): string {
  return where?.file === undefined ? '' : `${basename(where.file)}:${where.line}`;
}

/** How long a step worked, in milliseconds; it may have run more than once. */
export function workedMs(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { startedMs, completedMs = startedMs }) => sum + completedMs - startedMs, 0);
}

/** Such as `3.4s`, or `2m05s` from a minute on. */
export function showDuration(durationMs: number): string {
  const seconds = Math.max(0, durationMs) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, '0')}s`;
}

/** What a build took, in a line. */
export function showSummary(
  { steps, cached, sentBytes }: Pick<BuildSummary, 'steps' | 'cached' | 'sentBytes'>,
  durationMs: number,
): string {
  const word = steps === 1 ? 'step' : 'steps';
  return `${steps} ${word}, ${cached} cached, ${showBytes(sentBytes)} sent, ${showDuration(durationMs)}`;
}
