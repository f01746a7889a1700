import type { Timestamp } from '@bufbuild/protobuf/wkt';
import type { BuildEvent } from '../../../build/event.ts';
import type { RenderedDockerfile } from '../../../build/request.ts';
import type {
  StatusResponse,
  Vertex,
  VertexLog,
  VertexStatus,
  VertexWarning,
} from '../proto/generated/control_pb.ts';
import { createStepFinder, originAt } from './step-finder.ts';
import {
  addLog,
  completeStep,
  createStepState,
  flushLogs,
  type LogOptions,
  type StepState,
  startStep,
} from './step-state.ts';

/** Merges an engine's progress reports, which only say what changed, into events. */
export interface ProgressBoard {
  apply(report: StatusResponse): readonly BuildEvent[];
  /** The events of log lines that never got their newline. */
  finish(): readonly BuildEvent[];
  find(digest: string): StepState | undefined;
  /** The step that failed by itself, not because another one did. */
  failed(): StepState | undefined;
}

export interface ProgressBoardOptions extends LogOptions {
  readonly rendered: RenderedDockerfile;
}

export function createProgressBoard(options: ProgressBoardOptions): ProgressBoard {
  const steps = new Map<string, StepState>();
  const findStep = createStepFinder(options.rendered);

  const begin = (vertex: Vertex): readonly BuildEvent[] => {
    let state = steps.get(vertex.digest);
    const name = options.clean(vertex.name);
    if (state === undefined) {
      state = createStepState(findStep(vertex.digest, name));
      steps.set(vertex.digest, state);
    } else if (name !== '' && name !== state.step.name) state.step = findStep(vertex.digest, name);
    if (vertex.error !== '') state.error = options.clean(vertex.error);
    if (vertex.started === undefined || vertex.cached) return [];
    const timeMs = toMs(vertex.started);
    return startStep(state, timeMs) ? [{ type: 'started', step: state.step, timeMs }] : [];
  };

  const complete = (vertex: Vertex): readonly BuildEvent[] => {
    const state = steps.get(vertex.digest);
    if (state === undefined || vertex.completed === undefined) return [];
    const { step, intervals } = state;
    const completedMs = toMs(vertex.completed);
    const startedMs = vertex.started === undefined ? completedMs : toMs(vertex.started);
    if (vertex.cached) startStep(state, startedMs);
    if (!completeStep(state, startedMs, completedMs)) return [];
    const logs = flushLogs(state, completedMs, options);
    if (vertex.error !== '') {
      return [...logs, { type: 'failed', step, message: state.error, intervals: [...intervals] }];
    }
    if (vertex.cached) return [...logs, { type: 'cached', step, timeMs: completedMs }];
    return [...logs, { type: 'completed', step, intervals: [...intervals] }];
  };

  return {
    // A report may hold a step's last lines together with its end: the end has to come after them.
    apply: (report) => [
      ...report.vertexes.flatMap(begin),
      ...report.statuses.flatMap((status) => toProgress(status, steps.get(status.vertex), options)),
      ...report.logs.flatMap((entry) => toLog(entry, steps.get(entry.vertex), options)),
      ...report.warnings.map((warning) => toWarning(warning, steps.get(warning.vertex), options)),
      ...report.vertexes.flatMap(complete),
    ],
    finish: () => [...steps.values()].flatMap((state) => flushLogs(state, Date.now(), options)),
    find: (digest) => steps.get(digest),
    failed: () =>
      [...steps.values()].find(({ error }) => error !== '' && !/context canceled|^Canceled/iu.test(error)),
  };
}

function toProgress(
  status: VertexStatus,
  state: StepState | undefined,
  options: ProgressBoardOptions,
): readonly BuildEvent[] {
  if (state === undefined) return [];
  const label = options.clean(status.name === '' ? status.id : status.name);
  return [
    {
      type: 'progress',
      step: state.step,
      label,
      current: Number(status.current),
      ...(status.total > 0n ? { total: Number(status.total) } : {}),
      timeMs: toMs(status.timestamp ?? status.started),
    },
  ];
}

function toLog(
  entry: VertexLog,
  state: StepState | undefined,
  options: ProgressBoardOptions,
): readonly BuildEvent[] {
  if (state === undefined) return [];
  const stream = entry.stream === 2n ? 'stderr' : 'stdout';
  return addLog(state, stream, entry.msg, toMs(entry.timestamp), options);
}

function toWarning(
  warning: VertexWarning,
  state: StepState | undefined,
  options: ProgressBoardOptions,
): BuildEvent {
  const line = warning.ranges[0]?.start?.line;
  const where = line === undefined ? undefined : originAt(options.rendered, line)?.where;
  return {
    type: 'warning',
    text: options.clean(warningText(warning)),
    ...(state === undefined ? {} : { step: state.step }),
    ...(where === undefined ? {} : { where }),
  };
}

function warningText(warning: VertexWarning): string {
  const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  return [warning.short, ...warning.detail].map(decode).join('\n').trim();
}

function toMs(timestamp: Timestamp | undefined): number {
  if (timestamp === undefined) return Date.now();
  return Number(timestamp.seconds) * 1000 + Math.floor(timestamp.nanos / 1_000_000);
}
