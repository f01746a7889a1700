import type { Location } from '../source/location.ts';
import type { ErrorCode } from './error-code.ts';

export interface StagecraftErrorOptions {
  /** What to do about it, as one or more full sentences. */
  readonly hint?: string | undefined;
  /** The place at fault: the TypeScript call, or the Dockerfile line. */
  readonly where?: Location | undefined;
  /** The single problems, when several are reported together. */
  readonly problems?: readonly StagecraftError[] | undefined;
  /** The lines around the place, for text the library was given. */
  readonly frame?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Every error Stagecraft throws on purpose. Branch on `code`; `message` may change between versions.
 *
 * Recognise it by `name === 'StagecraftError'`: with two copies of the library `instanceof` lies.
 */
export class StagecraftError extends Error {
  override readonly name = 'StagecraftError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly where: Location | undefined;
  readonly frame: string | undefined;
  readonly problems: readonly StagecraftError[];

  constructor(code: ErrorCode, message: string, options: StagecraftErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.where = options.where;
    this.frame = options.frame;
    this.problems = options.problems ?? [];
  }
}

/** Whether `value` is a {@link StagecraftError}, also one from another copy of the library. */
export function isStagecraftError(value: unknown): value is StagecraftError {
  return value instanceof Error && value.name === 'StagecraftError' && 'code' in value;
}

/** Throws nothing for an empty list, the problem itself for one, and one error holding all of them for more. */
export function throwProblems(problems: readonly StagecraftError[]): void {
  const [first, ...rest] = problems;
  if (first === undefined) return;
  if (rest.length === 0) throw first;
  const list = problems.map((problem) => `- ${problem.message}`).join('\n');
  throw new StagecraftError('graph-problems', `${problems.length} problems were found.\n${list}`, {
    hint: first.hint,
    where: first.where,
    problems,
  });
}
