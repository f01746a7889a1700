import type { BuildEvent, BuildStep, Interval } from '../../../build/event.ts';
import type { BuildFailure } from '../../../build/failure.ts';
import { exitCodeIn } from '../../../build/failure-message.ts';
import { createLogLines, type LogLines } from '../../../build/log-lines.ts';
import { neutralise } from '../../../build/neutralise.ts';
import type { EngineMessage } from '../stream/engine-message.ts';
import { keyword, stepFor } from './named-steps.ts';

/** What a build has come to; made of the engine's messages, one after the other. */
export interface ClassicProgress {
  readonly steps: readonly BuildStep[];
  announced: number;
  running?: RunningStep | undefined;
  imageId?: string;
  failure?: BuildFailure;
}

interface RunningStep {
  readonly step: BuildStep;
  readonly keyword: string;
  readonly startedMs: number;
  readonly output: { readonly stdout: LogLines; readonly stderr: LogLines };
  readonly tail: string[];
  /** The container a RUN works in, while it exists. */
  container?: string | undefined;
}

const tailLines = 20;
// Podman counts in capitals, and from one again in each stage.
const announcement = /^(\[\d+\/\d+\] )?step (\d+)\/\d+ ?: (.*?)\n?$/isu;
const builderNotice = /^ ?(?:--->|-->) ?(?:[0-9a-f]{12}|Running in ([0-9a-f]{12,64}))?\s*$/u;
const cacheNotice = /^ ?(?:--->|-->) Using cache\b.*\s*$/u;
const removalNotice = /^ ?(?:---> )?Remov(?:ing|ed) intermediate container ([0-9a-f]+)\s*$/u;
const endNotice = /^(?:Successfully (?:built|tagged) |COMMIT\b)/u;
const unusedArgument = /^\[Warning\] (.*)\s*$/su;
// The classic builder marks what came from stderr by colouring it red.
const [stderrStart, stderrEnd] = ['\u001b[91m', '\u001b[0m'];

export function startProgress(steps: readonly BuildStep[]): ClassicProgress {
  return { steps, announced: 0 };
}

/** Takes one message and gives the events it means. */
export function* takeMessage(progress: ClassicProgress, message: EngineMessage): Iterable<BuildEvent> {
  if (message.imageId !== undefined) progress.imageId = message.imageId;
  if (message.error !== undefined) yield* fail(progress, message.error);
  else if (message.stream !== undefined) yield* takeStream(progress, message.stream);
  else if (message.status !== undefined) yield* takeStatus(progress, message, message.status);
}

/** The events of the step that still runs when the stream ends. */
export function* completeStep(progress: ClassicProgress): Iterable<BuildEvent> {
  const { running } = progress;
  if (running === undefined) return;
  yield* lastLines(running);
  progress.running = undefined;
  yield { type: 'completed', step: running.step, intervals: [intervalOf(running)] };
}

function* takeStream(progress: ClassicProgress, text: string): Iterable<BuildEvent> {
  const { running } = progress;
  const match = announcement.exec(text);
  // A process can print anything, so only the announcement that is due counts.
  if (match && (match[1] !== undefined || Number(match[2]) === progress.announced + 1)) {
    yield* completeStep(progress);
    yield begin(progress, match[3] ?? '');
    return;
  }
  const warning = running?.container === undefined ? unusedArgument.exec(text) : null;
  if (warning) yield { type: 'warning', text: neutralise(warning[1] ?? '').trim() };
  else if (running !== undefined && cacheNotice.test(text)) {
    yield { type: 'cached', step: running.step, timeMs: Date.now() };
  } else if (running !== undefined && !isNotice(running, text)) yield* log(running, text);
}

/** Remembers what the builder says about containers and layers; true when the text was such a notice. */
function isNotice(running: RunningStep, text: string): boolean {
  const { container } = running;
  if (container !== undefined) {
    // While a process runs, only the removal of its own container can be the builder speaking.
    const removed = removalNotice.exec(text)?.[1];
    if (removed === undefined || !container.startsWith(removed)) return false;
    running.container = undefined;
    return true;
  }
  const notice = builderNotice.exec(text);
  running.container = notice?.[1];
  return notice !== null || endNotice.test(text) || text.trim() === '';
}

function begin(progress: ClassicProgress, announced: string): BuildEvent {
  progress.announced += 1;
  const step = stepFor(progress.steps, progress.announced, neutralise(announced));
  progress.running = {
    step,
    keyword: keyword(announced),
    startedMs: Date.now(),
    output: { stdout: createLogLines(), stderr: createLogLines() },
    tail: [],
  };
  return { type: 'started', step, timeMs: progress.running.startedMs };
}

function log(running: RunningStep, text: string): readonly BuildEvent[] {
  const marked = text.startsWith(stderrStart) && text.endsWith(stderrEnd);
  const stream = marked ? 'stderr' : 'stdout';
  const content = marked ? text.slice(stderrStart.length, -stderrEnd.length) : text;
  return logEvents(running, stream, running.output[stream].push(content));
}

function logEvents(
  running: RunningStep,
  stream: 'stdout' | 'stderr',
  lines: readonly string[],
): readonly BuildEvent[] {
  running.tail.push(...lines.slice(-tailLines));
  running.tail.splice(0, running.tail.length - tailLines);
  const timeMs = Date.now();
  return lines.map((text) => ({ type: 'log', step: running.step, stream, text, timeMs }));
}

function lastLines(running: RunningStep): readonly BuildEvent[] {
  const { stdout, stderr } = running.output;
  return [...logEvents(running, 'stdout', stdout.end()), ...logEvents(running, 'stderr', stderr.end())];
}

function* takeStatus(
  { running }: ClassicProgress,
  message: EngineMessage,
  status: string,
): Iterable<BuildEvent> {
  if (running === undefined) return;
  if (message.current === undefined) {
    if (message.id === undefined) yield* log(running, `${status}\n`);
    return;
  }
  const label = neutralise(message.id === undefined ? status : `${message.id} ${status}`);
  const total = message.total === undefined ? {} : { total: message.total };
  yield {
    type: 'progress',
    step: running.step,
    label,
    current: message.current,
    ...total,
    timeMs: Date.now(),
  };
}

function* fail(progress: ClassicProgress, error: { message: string; code?: number }): Iterable<BuildEvent> {
  const { running } = progress;
  const message = neutralise(error.message).trim();
  const exitCode = error.code ?? exitCodeIn(message);
  if (running !== undefined) yield* lastLines(running);
  progress.running = undefined;
  progress.failure = {
    kind: 'BuildFailure',
    message,
    ...(running && { step: running.step }),
    ...(exitCode !== undefined && { exitCode }),
    logTail: running?.tail ?? [],
    ...placeOf(running?.step),
  };
  if (running) yield { type: 'failed', step: running.step, message, intervals: [intervalOf(running)] };
}

function placeOf(step: BuildStep | undefined): Pick<BuildFailure, 'dockerfileLine' | 'where'> {
  return {
    ...(step?.dockerfileLine !== undefined && { dockerfileLine: step.dockerfileLine }),
    ...(step?.where && { where: step.where }),
  };
}

function intervalOf(running: RunningStep): Interval {
  return { startedMs: running.startedMs, completedMs: Date.now() };
}
