import type { Platform } from '../evaluate/platform.ts';
import type { LintOptions } from './lint-options.ts';

/** What was worked out once for all rules. */
export interface LintFacts {
  readonly options: LintOptions;
  readonly buildPlatform: Platform;
  readonly targetPlatform: Platform;
  /** What a finding about a stage takes for granted; undefined when its base image is known. */
  readonly assumption: (baseName: string) => string | undefined;
}
