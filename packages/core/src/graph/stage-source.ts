import type { StageNode } from '../ast/stage.ts';

/** Anything that stands for a stage: recognised by this method, so stages of another copy of the library work too. */
export interface StageSource {
  toNode(): StageNode;
}
