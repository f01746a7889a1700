import type { BuildEvent, BuildStep, Interval } from '../../../build/event.ts';
import { createLineAssembler, type LineAssembler, type LineAssemblerOptions } from './log-lines.ts';

const tailLines = 40;

/** Everything known about one step so far. */
export interface StepState {
  step: BuildStep;
  readonly intervals: Interval[];
  error: string;
  readonly logTail: string[];
  readonly lines: Map<'stdout' | 'stderr', LineAssembler>;
}

export function createStepState(step: BuildStep): StepState {
  return { step, intervals: [], error: '', logTail: [], lines: new Map() };
}

/** Opens a new interval unless that one is known; a step may run more than once. */
export function startStep(state: StepState, startedMs: number): boolean {
  if (state.intervals.some((interval) => interval.startedMs === startedMs)) return false;
  state.intervals.push({ startedMs });
  return true;
}

/** Closes the interval that began at `startedMs`; false when it was closed before. */
export function completeStep(state: StepState, startedMs: number, completedMs: number): boolean {
  const index = state.intervals.findIndex((interval) => interval.startedMs === startedMs);
  if (index < 0 || state.intervals[index]?.completedMs !== undefined) return false;
  state.intervals[index] = { startedMs, completedMs };
  return true;
}

export interface LogOptions extends LineAssemblerOptions {
  /** Takes secrets and terminal commands out of one line. */
  readonly clean: (text: string) => string;
}

export function addLog(
  state: StepState,
  stream: 'stdout' | 'stderr',
  chunk: Uint8Array,
  timeMs: number,
  options: LogOptions,
): readonly BuildEvent[] {
  let lines = state.lines.get(stream);
  if (lines === undefined) {
    lines = createLineAssembler(options);
    state.lines.set(stream, lines);
  }
  return toEvents(state, stream, lines.push(chunk), timeMs, options);
}

/** The lines that had no newline when the step ended. */
export function flushLogs(state: StepState, timeMs: number, options: LogOptions): readonly BuildEvent[] {
  const events = [...state.lines].flatMap(([stream, lines]) =>
    toEvents(state, stream, lines.end(), timeMs, options),
  );
  state.lines.clear();
  return events;
}

function toEvents(
  state: StepState,
  stream: 'stdout' | 'stderr',
  lines: readonly string[],
  timeMs: number,
  options: LogOptions,
): readonly BuildEvent[] {
  return lines.map((line) => {
    const text = options.clean(line);
    state.logTail.push(text);
    if (state.logTail.length > tailLines) state.logTail.shift();
    return { type: 'log', step: state.step, stream, text, timeMs };
  });
}
