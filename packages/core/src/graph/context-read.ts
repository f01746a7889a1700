import type { Location } from '../source/location.ts';

/** One thing a Dockerfile reads from a build context: what has to travel for it. */
export interface ContextRead {
  /** A path, or a pattern as Go's `filepath.Match` knows them, below the root of the context. */
  readonly source: string;
  /** The instruction that reads: COPY, ADD, a bind mount of RUN, or FROM of a named context. */
  readonly kind: 'copy' | 'add' | 'bind' | 'from';
  /** Patterns of `--exclude`. */
  readonly exclude?: readonly string[];
  /** `COPY --parents`: the pattern may hold `**`, and a `/./` tells where the kept parents start. */
  readonly parents?: boolean;
  /** Everything in the context is read, or may be: what exactly is only known while building. */
  readonly whole?: boolean;
  /** Name of the named context; absent for the main one. */
  readonly context?: string;
  /** The TypeScript call or the Dockerfile line behind it. */
  readonly where?: Location;
  /** The instruction's first line, for people. */
  readonly instruction?: string;
  /** 1-based line in the rendered Dockerfile. */
  readonly line?: number;
}
