import type { Heredoc } from '../ast/node-base.ts';
import type { EscapeToken } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { findHeredocs } from './heredocs.ts';
import { trimLeft, trimLineEnd, trimSpace, withoutContinuation } from './text-lines.ts';

/** One instruction as it stands in the file, continuations joined. */
export interface LogicalLine {
  /** First and last physical line, 1-based; bodies of here-documents included. */
  readonly first: number;
  readonly last: number;
  readonly column: number;
  readonly text: string;
  readonly original: string;
  readonly heredocs: readonly Heredoc[];
  /** Comments as BuildKit attaches them: a lone `#` starts anew. */
  readonly attached: readonly string[];
  /** Every comment line above, for printing. */
  readonly comments: readonly string[];
  readonly blankBefore: boolean;
  readonly emptyContinuationLine?: number;
}

export interface LogicalLines {
  readonly lines: readonly LogicalLine[];
  readonly trailingComments: readonly string[];
}

export interface ReadOptions {
  readonly escape: EscapeToken;
  readonly file: string | undefined;
  /** How many lines at the top are directives, and how many of them BuildKit does not take for comments. */
  readonly directiveLines: number;
  readonly unattachedLines: number;
  /** Whether the instruction can open here-documents. */
  opensHeredocs(text: string, token: EscapeToken): boolean;
}

const longestLine = 65_535;

/** Joins physical lines into logical ones and reads the bodies of here-documents. Linear in the size of the file. */
export function readLogicalLines(physical: readonly string[], options: ReadOptions): LogicalLines {
  const lines: LogicalLine[] = [];
  let attached: string[] = [];
  let comments: string[] = [];
  let blankBefore = false;
  let index = 0;
  while (index < physical.length) {
    const written = lineAt(physical, index, options);
    const line = trimLeft(written);
    if (line.startsWith('#')) {
      // BuildKit drops the first character, which is white space where the comment is indented.
      const comment = trimSpace(written.slice(1));
      if (index >= options.unattachedLines) attached = comment === '' ? [] : attach(attached, comment);
      if (index >= options.directiveLines) comments.push(trimSpace(line.slice(1)));
      index += 1;
      continue;
    }
    if (line === '') {
      blankBefore = true;
      index += 1;
      continue;
    }
    const read = readInstruction(physical, index, { attached, comments, blankBefore }, options);
    lines.push(read);
    attached = [];
    comments = [];
    blankBefore = false;
    index = read.last;
  }
  return { lines, trailingComments: comments };
}

function attach(attached: string[], comment: string): string[] {
  attached.push(comment);
  return attached;
}

type Above = Pick<LogicalLine, 'attached' | 'comments' | 'blankBefore'>;

function readInstruction(
  physical: readonly string[],
  start: number,
  { attached, comments, blankBefore }: Above,
  options: ReadOptions,
): LogicalLine {
  const joined = joinContinuations(physical, start, options);
  const { text } = joined;
  const heredocs: Heredoc[] = [];
  let end = joined.end;
  for (const heredoc of options.opensHeredocs(text, options.escape) ? findHeredocs(text) : []) {
    const from = end;
    while (end < physical.length && !closes(lineEndTrimmed(physical, end), heredoc)) end += 1;
    if (end >= physical.length || tooLong(physical, from, end))
      throw unterminated(heredoc.name, start, options);
    const content = end === from ? '' : `${physical.slice(from, end).join('\n')}\n`;
    heredocs.push(Object.assign(heredoc, { content }));
    end += 1;
  }
  const first = physical[start] ?? '';
  const line: LogicalLine = {
    first: start + 1,
    last: end,
    column: first.length - trimLeft(first).length + 1,
    text,
    original: end === start + 1 ? trimLineEnd(first) : originalOf(physical.slice(start, end)),
    heredocs,
    attached,
    comments,
    blankBefore,
  };
  return joined.hasEmptyLine ? { ...line, emptyContinuationLine: joined.end } : line;
}

function originalOf(lines: readonly string[]): string {
  const text = lines.join('\n');
  return text.includes('\r') ? lines.map(trimLineEnd).join('\n') : text;
}

interface Joined {
  readonly text: string;
  /** Index after the last physical line. */
  readonly end: number;
  readonly hasEmptyLine: boolean;
}

function joinContinuations(physical: readonly string[], start: number, options: ReadOptions): Joined {
  const first = trimLeft(lineAt(physical, start, options));
  let open = withoutContinuation(first, options.escape);
  const parts = [open ?? first];
  let end = start + 1;
  let hasEmptyLine = false;
  while (open !== undefined && end < physical.length) {
    const line = lineAt(physical, end, options);
    end += 1;
    const bare = trimLeft(line);
    if (bare.startsWith('#')) continue;
    if (bare === '') {
      // The empty text after the last line end is no line.
      hasEmptyLine = true;
      continue;
    }
    open = withoutContinuation(line, options.escape);
    parts.push(open ?? line);
  }
  return { text: parts.join(''), end, hasEmptyLine };
}

function lineAt(physical: readonly string[], index: number, options: ReadOptions): string {
  const line = physical[index] ?? '';
  if (line.length * 3 >= longestLine && bytesOf(line) > longestLine) {
    throw new StagecraftError('parse-error', `A line is longer than ${longestLine} bytes.`, {
      hint: 'Break it with a backslash at the end of the line.',
      where: place(index + 1, options),
    });
  }
  return trimLineEnd(line);
}

function bytesOf(line: string): number {
  return new TextEncoder().encode(line).length;
}

function tooLong(physical: readonly string[], from: number, end: number): boolean {
  for (let index = from; index <= end; index += 1) {
    const line = physical[index] ?? '';
    if (line.length * 3 >= longestLine && bytesOf(line) > longestLine) return true;
  }
  return false;
}

function lineEndTrimmed(physical: readonly string[], index: number): string {
  return trimLineEnd(physical[index] ?? '');
}

function closes(line: string, { name, chomp }: { readonly name: string; readonly chomp: boolean }): boolean {
  return (chomp ? line.replace(/^\t+/u, '') : line) === name;
}

function unterminated(name: string, start: number, options: ReadOptions): StagecraftError {
  return new StagecraftError('parse-error', `The here-document "${name}" is not closed.`, {
    hint: `Put "${name}" alone on a line after its last line.`,
    where: place(start + 1, options),
  });
}

function place(
  line: number,
  { file }: ReadOptions,
): { readonly file?: string; readonly line: number; readonly column: number } {
  return { ...(file === undefined ? {} : { file }), line, column: 1 };
}
