import type { Location } from '../source/location.ts';

/** What every instruction node may carry besides its meaning. */
export interface NodeBase {
  /** Comment lines right above the instruction, without `#`, trimmed. */
  readonly comments?: readonly string[];
  /** Lint rules that this instruction may break, each with the reason. */
  readonly allow?: readonly RuleAllowance[];
  /** Only on parsed nodes: where and how the text said it. */
  readonly source?: InstructionSource;
}

/** `.allow('no-latest-tag', 'mirrored and pinned by the registry')` */
export interface RuleAllowance {
  readonly rule: string;
  readonly reason: string;
}

/** How a parsed instruction stood in its file. Nothing here changes the meaning of the node. */
export interface InstructionSource {
  readonly location: Location;
  /** The physical lines, joined by newlines, heredoc bodies included: what an unchanged node prints. */
  readonly original: string;
  /** The keyword as written. */
  readonly keyword: string;
  /** The logical line after joining continuations; heredoc bodies not included. */
  readonly text: string;
  /** Flag words, quotes already removed. */
  readonly flags: readonly string[];
  /** Arguments, still quoted. For ENV and LABEL see `pairs`. */
  readonly args: readonly string[];
  readonly pairs?: readonly (readonly [key: string, value: string])[];
  /** Whether the JSON array form was recognised. */
  readonly json: boolean;
  readonly heredocs: readonly Heredoc[];
  /** Comment lines since the previous instruction, as BuildKit attaches them. */
  readonly comments: readonly string[];
  /** Whether a blank line stood between the previous instruction (or its comments) and this one. */
  readonly blankBefore: boolean;
  /** Line of the last blank line inside a continuation, if there was one. */
  readonly emptyContinuationLine?: number;
}

/** A here-document as written. */
export interface Heredoc {
  readonly name: string;
  /** The body as it stands, leading tabs not yet removed. */
  readonly content: string;
  /** False when the delimiter was quoted. */
  readonly expand: boolean;
  /** True for `<<-`: leading tabs are removed when the body is used. */
  readonly chomp: boolean;
  readonly fileDescriptor?: number;
}
