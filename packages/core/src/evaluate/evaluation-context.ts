import type { EscapeToken, Word } from '../ast/word.ts';
import type { EvaluatedFile, EvaluatedRun, EvaluateOptions, EvaluationTools } from './evaluation.ts';
import { type ExpandWordOptions, expandWord, expandWords } from './expand-word.ts';
import type { InstructionVisit } from './observer.ts';
import type { Platform } from './platform.ts';
import type { StageCommand, StageState } from './stage-state.ts';
import type { VertexTable } from './vertex-table.ts';

/** What all stages of one evaluation share. */
export interface EvaluationContext {
  readonly options: EvaluateOptions;
  readonly tools: EvaluationTools;
  readonly escape: EscapeToken;
  /** A frontend that has the features still being tried. */
  readonly isLabs: boolean;
  readonly buildPlatform: Platform;
  readonly targetPlatform: Platform;
  readonly globalArgs: ReadonlyMap<string, string>;
  readonly vertices: VertexTable;
  readonly runs: EvaluatedRun[];
  readonly files: EvaluatedFile[];
}

/** What the evaluation of one instruction works with. */
export interface InstructionContext {
  readonly evaluation: EvaluationContext;
  readonly state: StageState;
  readonly command: StageCommand;
  /** The word's value in the stage's environment. */
  readonly expand: (word: Word, options?: ExpandWordOptions) => string;
  /** The word's values, cut at white space. */
  readonly expandWords: (word: Word) => readonly string[];
}

export function createInstructionContext(
  evaluation: EvaluationContext,
  state: StageState,
  command: StageCommand,
): InstructionContext {
  const { node, owner = node, isOnBuild } = command;
  const visit: InstructionVisit = { node, owner, state, isOnBuild };
  const { observer } = evaluation.tools;
  observer?.instruction?.(visit);
  return {
    evaluation,
    state,
    command,
    expand: (word, options) => {
      const { value, unset } = expandWord(word, state.environment, options);
      observer?.word?.({ ...visit, word, values: [value], unset });
      return value;
    },
    expandWords: (word) => {
      const { values, unset } = expandWords(word, state.environment);
      observer?.word?.({ ...visit, word, values, unset });
      return values;
    },
  };
}
