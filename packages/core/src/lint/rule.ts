import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { EvaluationObserver } from '../evaluate/observer.ts';
import type { Finding, LintedNode, Severity } from './finding.ts';
import type { LintFacts } from './lint-facts.ts';

/** What a rule says about a node; the runner adds name, severity and place. */
export interface Report extends Pick<Finding, 'message' | 'hint' | 'where' | 'assumes' | 'fix'> {
  /** The node the finding points at. */
  readonly node: LintedNode;
  /** The node whose comments and allowances decide, where that is not the one pointed at. */
  readonly judgedBy?: LintedNode;
}

export interface RuleContext {
  readonly dockerfile: DockerfileNode;
  /** What was worked out once for all rules. */
  readonly facts: LintFacts;
  readonly report: (report: Report) => void;
}

/** What a rule hears: first the file as it stands, then its evaluation up to the first error, then the end. */
export interface RuleListeners extends EvaluationObserver {
  readonly dockerfile?: (dockerfile: DockerfileNode) => void;
  readonly end?: () => void;
}

/** One thing that is checked. */
export interface LintRule {
  readonly name: string;
  /** Names other linters have for it, such as `DL3007`. */
  readonly aliases?: readonly string[];
  readonly severity: Severity;
  /** One sentence: why it matters. */
  readonly why: string;
  /** Silent unless the check directive asks for it. */
  readonly experimental?: true;
  /** Silent unless the options give it a severity. */
  readonly isOff?: true;
  /** Comments above an instruction have no say; the check directive has. */
  readonly ignoresComments?: true;
  readonly listen: (context: RuleContext) => RuleListeners;
}
