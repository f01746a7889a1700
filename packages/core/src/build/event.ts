import type { Location } from '../source/location.ts';
import type { BuildResult } from './result.ts';

/** One step of a build, named the same way by every engine. */
export interface BuildStep {
  /** Unique within the build; a digest on BuildKit, the step number on the classic builder. */
  readonly id: string;
  /** As the engine names it, for example `[builder 2/4] RUN go build`. */
  readonly name: string;
  readonly stage?: string;
  /** The instruction behind the step, as printed in the Dockerfile. */
  readonly instruction?: string;
  /** 1-based line in the rendered Dockerfile. */
  readonly dockerfileLine?: number;
  /** The TypeScript call that made the instruction. */
  readonly where?: Location;
}

/** A stretch of work, in milliseconds since the epoch. A step may run more than once. */
export interface Interval {
  readonly startedMs: number;
  readonly completedMs?: number;
}

/** Everything an engine tells while it builds. Control characters in `text` are already neutralised. */
export type BuildEvent =
  | { readonly type: 'started'; readonly step: BuildStep; readonly timeMs: number }
  | { readonly type: 'cached'; readonly step: BuildStep; readonly timeMs: number }
  | {
      readonly type: 'progress';
      readonly step: BuildStep;
      readonly label: string;
      readonly current: number;
      /** Absent when the engine doesn't know. */
      readonly total?: number;
      readonly timeMs: number;
    }
  | {
      readonly type: 'log';
      readonly step: BuildStep;
      readonly stream: 'stdout' | 'stderr';
      /** One whole line, without its newline. */
      readonly text: string;
      readonly timeMs: number;
    }
  | { readonly type: 'warning'; readonly step?: BuildStep; readonly text: string; readonly where?: Location }
  | { readonly type: 'completed'; readonly step: BuildStep; readonly intervals: readonly Interval[] }
  | {
      readonly type: 'failed';
      readonly step: BuildStep;
      readonly message: string;
      readonly intervals: readonly Interval[];
    }
  | {
      readonly type: 'transfer';
      /** What is sent: `context`, or the name of a named context. */
      readonly name: string;
      readonly sentBytes: number;
      readonly totalBytes?: number;
    }
  | { readonly type: 'result'; readonly result: BuildResult };
