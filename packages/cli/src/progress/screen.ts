import type { BuildEvent, BuildStep } from '@stagecraft/core/build';
import { placeOf, titleOf, workedMs } from './describe-step.ts';

/** A step as it is shown. */
export interface StepView {
  readonly title: string;
  readonly place: string;
  status: 'running' | 'cached' | 'done' | 'failed';
  /** By this machine's clock: the engine's may be another. */
  startedMs: number;
  durationMs: number;
  /** The last lines of its output. */
  readonly tail: string[];
  amount: { readonly current: number; readonly total?: number } | undefined;
}

/** What is known of a build at a moment. */
export interface Screen {
  readonly steps: Map<string, StepView>;
  readonly warnings: string[];
  /** Bytes sent, by the name of the context. */
  readonly transfers: Map<string, { readonly sentBytes: number; readonly totalBytes?: number }>;
  phase: 'building' | 'stopping' | 'built' | 'not built';
}

/** Lines of output that are shown below a running step. */
const tailLines = 4;

export function createScreen(): Screen {
  return { steps: new Map(), warnings: [], transfers: new Map(), phase: 'building' };
}

/** Takes an event in. */
export function update(screen: Screen, event: BuildEvent, nowMs: number): void {
  if (event.type === 'transfer') screen.transfers.set(event.name, event);
  else if (event.type === 'warning') screen.warnings.push(event.text);
  else if (event.type !== 'result') updateStep(viewOf(screen, event.step, nowMs), event, nowMs);
}

type StepEvent = Exclude<BuildEvent, { type: 'transfer' | 'warning' | 'result' }>;

function updateStep(view: StepView, event: StepEvent, nowMs: number): void {
  if (event.type === 'started') {
    view.status = 'running';
    view.startedMs = nowMs;
  } else if (event.type === 'cached') view.status = 'cached';
  else if (event.type === 'progress') view.amount = event;
  else if (event.type === 'log') {
    view.tail.push(event.text);
    if (view.tail.length > tailLines) view.tail.shift();
  } else {
    // What came from the cache stays so, though the engine also says that it is complete.
    if (view.status !== 'cached') view.status = event.type === 'failed' ? 'failed' : 'done';
    view.durationMs = workedMs(event.intervals);
  }
}

function viewOf(screen: Screen, step: BuildStep, nowMs: number): StepView {
  const known = screen.steps.get(step.id);
  if (known !== undefined) return known;
  const view: StepView = {
    title: titleOf(step),
    place: placeOf(step),
    status: 'running',
    startedMs: nowMs,
    durationMs: 0,
    tail: [],
    amount: undefined,
  };
  screen.steps.set(step.id, view);
  return view;
}
