import type { EvaluateOptions } from '../evaluate/evaluation.ts';
import type { Severity } from './finding.ts';
import type { LintPolicy } from './policy.ts';

/** Rules of an ignore file, as `readIgnore` of `@stagecraft/core/context` gives them. */
export interface LintIgnore {
  readonly lines: readonly { readonly text: string; readonly negated: boolean }[];
  ignores(path: string): boolean;
}

/** What is known about the build, and which rules speak. */
export interface LintOptions
  extends Pick<EvaluateOptions, 'buildArgs' | 'platform' | 'buildPlatform' | 'images' | 'contexts'> {
  /** The `.dockerignore` of the build; without it CopyIgnoredFile is silent. */
  readonly ignore?: LintIgnore;
  /** Paths of the build context, relative, ignored ones left out; without them glob-matches-nothing is silent. */
  readonly contextFiles?: readonly string[];
  /** What the company asks of its images. */
  readonly policy?: LintPolicy;
  /** Severity by rule name or alias; `'off'` silences a rule. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
}
