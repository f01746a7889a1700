import type { ArgNode } from '../ast/arg.ts';
import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { Location } from '../source/location.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A node a rule can speak about. */
export type LintedNode = FromNode | ArgNode | InstructionNode;

/** One node of a Dockerfile, and what should stand in its place. */
export interface NodeEdit {
  readonly node: LintedNode;
  /** Empty: the node goes. */
  readonly replacement: readonly LintedNode[];
}

/** One thing a rule has to say about a Dockerfile or a graph. */
export interface Finding {
  /** Name of the rule: BuildKit's own for its checks, kebab-case for ours. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence; for a BuildKit check, BuildKit's. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The line of the Dockerfile, or the TypeScript call that made the instruction. */
  readonly where?: Location;
  /** What the finding takes for granted because nobody said otherwise, such as an unknown base image's variables. */
  readonly assumes?: string;
  /** Edits that mend it without changing what the Dockerfile evaluates to otherwise. */
  readonly fix?: readonly NodeEdit[];
}
