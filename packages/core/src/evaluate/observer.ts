import type { FromNode } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { StageNode } from '../ast/stage.ts';
import type { Word } from '../ast/word.ts';
import type { VariableUse } from './expand-word.ts';
import type { Platform } from './platform.ts';
import type { StageState } from './stage-state.ts';

/** The FROM line of a stage, its words expanded. */
export interface FromVisit {
  readonly stage: StageNode;
  readonly index: number;
  readonly base: VariableUse & { readonly value: string };
  readonly platform?: VariableUse & { readonly value: string };
  /** The variables FROM lines can read. */
  readonly globals: ReadonlyMap<string, string>;
}

/** A base image whose configuration is known. */
export interface BaseVisit {
  /** The FROM, or the instruction whose `--from` names the image. */
  readonly owner: FromNode | InstructionNode;
  readonly reference: string;
  readonly expected: Platform;
  readonly actual: Platform;
}

/** An instruction about to be evaluated. */
export interface InstructionVisit {
  readonly node: InstructionNode;
  /** The stage as it stands before the instruction. */
  readonly state: StageState;
  /** What stands in the file for it: the instruction as written, or the FROM that fires a trigger. */
  readonly owner: FromNode | InstructionNode;
  /** A trigger of the base image or stage. */
  readonly isOnBuild: boolean;
}

/** A word of the instruction that was expanded. */
export interface WordVisit extends InstructionVisit {
  readonly word: Word;
  readonly values: readonly string[];
  readonly unset: readonly string[];
}

/** Follows an evaluation, in the order in which things are evaluated; what comes after an error is never seen. */
export interface EvaluationObserver {
  readonly from?: (visit: FromVisit) => void;
  readonly base?: (visit: BaseVisit) => void;
  readonly instruction?: (visit: InstructionVisit) => void;
  readonly word?: (visit: WordVisit) => void;
}
