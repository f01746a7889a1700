import type { Origin } from './origin.ts';
import type { Word } from './word.ts';

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';

/**
 * `RUN --mount=type=…`. Which fields a type may carry is the table of the Dockerfile reference.
 * @see https://docs.docker.com/reference/dockerfile/#run---mount
 */
export interface Mount {
  readonly type: MountType;
  readonly target?: Word;
  readonly source?: Word;
  /** bind and cache only. */
  readonly from?: Origin;
  readonly id?: Word;
  /** Default: true for bind, secret and ssh; false for cache and tmpfs. */
  readonly readOnly?: boolean;
  /** cache only. */
  readonly sharing?: 'shared' | 'private' | 'locked';
  /** tmpfs only: bytes, or a size such as `10m`. */
  readonly size?: Word;
  /** Octal file mode, such as `0400`. */
  readonly mode?: Word;
  readonly uid?: Word;
  readonly gid?: Word;
  /** secret and ssh only: fail the build when the client has none. */
  readonly required?: boolean;
  /** secret only: the variable that receives the value. */
  readonly env?: Word;
}

/** A mount whose meaning is only known when the RUN is evaluated: variables in option places, or an error. */
export interface RawMount {
  readonly type: 'raw';
  readonly text: string;
}
