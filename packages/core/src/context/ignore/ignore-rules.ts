import { StagecraftError } from '../../errors/stagecraft-error.ts';
import type { ByteString } from '../bytes.ts';
import type { PathPattern } from './pattern.ts';

/** One line of an ignore file. */
export interface IgnoreLine {
  /** As written, trimmed. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** True for `!` lines, which bring paths back. */
  readonly negated: boolean;
}

/** A line with its compiled pattern. */
export interface CompiledLine extends IgnoreLine {
  readonly pattern: PathPattern;
}

/** Compiled lines, and the name of their file for messages. */
export interface LineSet {
  readonly file: string;
  readonly lines: readonly CompiledLine[];
  readonly negates: boolean;
}

/** What the lines say about one path, and which of them cover it: the start for the paths below it. */
export interface LineVerdict {
  readonly ignored: boolean;
  /** The last line that changed the verdict. */
  readonly decidedBy?: CompiledLine;
  readonly covering: readonly boolean[];
}

const nothingIgnored: LineVerdict = { ignored: false, covering: [] };

/** The verdict on one path, given the one on its directory (absent for a path at the top). */
export function judgePath(set: LineSet, path: ByteString, parent?: LineVerdict): LineVerdict {
  if (set.lines.length === 0) return nothingIgnored;
  const covering: boolean[] = [];
  let ignored = false;
  let decidedBy: CompiledLine | undefined;
  for (const [index, line] of set.lines.entries()) {
    // A line that cannot change the verdict is not looked at, unless it already covers the directory.
    const covers = parent?.covering[index] === true || (line.negated === ignored && matches(set, line, path));
    covering.push(covers);
    if (!covers) continue;
    if (ignored === line.negated) decidedBy = line;
    ignored = !line.negated;
  }
  return decidedBy === undefined ? { ignored, covering } : { ignored, decidedBy, covering };
}

/** The verdict on a path nothing is known about: its directories are looked at, too. */
export function judgeAlone(set: LineSet, path: ByteString): Omit<LineVerdict, 'covering'> {
  let decidedBy: CompiledLine | undefined;
  let ignored = false;
  for (const line of set.lines) {
    if (line.negated !== ignored || !matches(set, line, path, true)) continue;
    decidedBy = line;
    ignored = !line.negated;
  }
  return decidedBy === undefined ? { ignored } : { ignored, decidedBy };
}

function matches(set: LineSet, line: CompiledLine, path: ByteString, parents = false): boolean {
  try {
    return parents ? line.pattern.matchesWithParents(path) : line.pattern.matches(path);
  } catch (cause) {
    throw malformedLine(set.file, line, cause);
  }
}

export function malformedLine(file: string, line: IgnoreLine, cause?: unknown): StagecraftError {
  return new StagecraftError('ignore-pattern', `The pattern "${line.text}" is malformed.`, {
    hint: 'Close every "[" and put a character after every "\\"; the docker CLI refuses this line, too.',
    where: { file, line: line.line, column: 1 },
    cause,
  });
}

/**
 * Whether an ignored directory must be looked into, because a `!` line may bring something below it back.
 *
 * The classic builder of the docker CLI only trusts lines that spell the directory out; BuildKit also looks for
 * lines that start with a wildcard, such as `!**` + `/keep.txt`.
 */
export function mayReinclude(set: LineSet, directory: ByteString, reinclude: Reinclude): boolean {
  if (!set.negates) return false;
  return set.lines.some((line) => {
    if (!line.negated) return false;
    return (
      `${line.pattern.text}/`.startsWith(`${directory}/`) ||
      (reinclude === 'anywhere' && /[*?[\\]/u.test(line.pattern.text))
    );
  });
}

/** Which `!` lines can bring back something below an ignored directory. */
export type Reinclude = 'spelled-out' | 'anywhere';
