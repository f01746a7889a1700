import type { BuildEvent, BuildStep, Interval } from './event.ts';
import type { BuildResult } from './result.ts';

/** A finished build in figures. */
export interface BuildSummary {
  /** Steps the engine named, each counted once. */
  readonly steps: number;
  readonly cached: number;
  readonly failed: number;
  /** Share of the steps that came from the cache, 0 to 1. */
  readonly cachedShare: number;
  /** The step that worked longest; absent when no step reported times. */
  readonly longest?: { readonly step: BuildStep; readonly durationMs: number };
  /** From the first start to the last end of a step. */
  readonly durationMs: number;
  /** Of the context and the named contexts. */
  readonly sentBytes: number;
  readonly warnings: readonly string[];
  readonly result?: BuildResult;
}

interface Tally {
  readonly seen: Set<string>;
  readonly cached: Set<string>;
  readonly failed: Set<string>;
  readonly durations: Map<string, { readonly step: BuildStep; readonly durationMs: number }>;
  readonly sent: Map<string, number>;
  readonly warnings: string[];
  startedMs: number;
  completedMs: number;
  result?: BuildResult;
}

/**
 * Reduces the events of one build to figures: steps, cached share, longest step, bytes sent.
 *
 * @example
 * const { cachedShare, sentBytes } = summary(events);
 */
export function summary(events: Iterable<BuildEvent>): BuildSummary {
  const tally: Tally = {
    seen: new Set(),
    cached: new Set(),
    failed: new Set(),
    durations: new Map(),
    sent: new Map(),
    warnings: [],
    startedMs: Number.POSITIVE_INFINITY,
    completedMs: 0,
  };
  for (const event of events) count(tally, event);
  return conclude(tally);
}

function count(tally: Tally, event: BuildEvent): void {
  if ('step' in event && event.step !== undefined) tally.seen.add(event.step.id);
  if (event.type === 'cached') tally.cached.add(event.step.id);
  if (event.type === 'failed') tally.failed.add(event.step.id);
  if (event.type === 'completed' || event.type === 'failed') {
    tally.durations.set(event.step.id, { step: event.step, durationMs: worked(event.intervals) });
    for (const interval of event.intervals) span(tally, interval);
  }
  if (event.type === 'transfer')
    tally.sent.set(event.name, Math.max(event.sentBytes, tally.sent.get(event.name) ?? 0));
  if (event.type === 'warning') tally.warnings.push(event.text);
  if (event.type === 'result') tally.result = event.result;
}

function worked(intervals: readonly Interval[]): number {
  return intervals.reduce(
    (sum, { startedMs, completedMs }) => sum + ((completedMs ?? startedMs) - startedMs),
    0,
  );
}

function span(tally: Tally, { startedMs, completedMs }: Interval): void {
  tally.startedMs = Math.min(tally.startedMs, startedMs);
  tally.completedMs = Math.max(tally.completedMs, completedMs ?? startedMs);
}

function conclude(tally: Tally): BuildSummary {
  const steps = tally.seen.size;
  let longest: BuildSummary['longest'];
  for (const entry of tally.durations.values()) {
    if (longest === undefined || entry.durationMs > longest.durationMs) longest = entry;
  }
  return {
    steps,
    cached: tally.cached.size,
    failed: tally.failed.size,
    cachedShare: steps === 0 ? 0 : tally.cached.size / steps,
    ...(longest && { longest }),
    durationMs: Math.max(0, tally.completedMs - Math.min(tally.startedMs, tally.completedMs)),
    sentBytes: [...tally.sent.values()].reduce((sum, bytes) => sum + bytes, 0),
    warnings: tally.warnings,
    ...(tally.result && { result: tally.result }),
  };
}
