import type { Location } from '../source/location.ts';
import type { BuildStep } from './event.ts';

/** What an engine knows about a failed build: the `cause` of a `build-failed` error. */
export interface BuildFailure {
  readonly kind: 'BuildFailure';
  /** The engine's own sentence, with secrets and control characters taken out. */
  readonly message: string;
  readonly step?: BuildStep;
  /** Of the process a RUN started. */
  readonly exitCode?: number;
  /** The last lines the step wrote, oldest first. */
  readonly logTail: readonly string[];
  /** 1-based line in the rendered Dockerfile. */
  readonly dockerfileLine?: number;
  readonly where?: Location;
}
