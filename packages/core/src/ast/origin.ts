import type { StageNode } from './stage.ts';
import type { Word } from './word.ts';

/** Where FROM, `--from` and a mount's `from` take their files. */
export type Origin = StageOrigin | NameOrigin | ImageOrigin | ContextOrigin;

/** Another stage, by reference: what the fluent API makes. A graph holds {@link NameOrigin}s instead. */
export interface StageOrigin {
  readonly kind: 'stage';
  readonly stage: StageNode;
}

/** A name as a Dockerfile writes it: a stage, a stage index, a named context or an image. */
export interface NameOrigin {
  readonly kind: 'name';
  readonly name: string;
}

/** An external image. Variables are allowed in FROM only. */
export interface ImageOrigin {
  readonly kind: 'image';
  readonly image: Word;
}

/** A named build context, given to the build beside the main one. */
export interface ContextOrigin {
  readonly kind: 'context';
  readonly name: string;
}
