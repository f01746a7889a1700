import type { InstructionSource, NodeBase } from '../ast/node-base.ts';
import { createRawWord, type EscapeToken, type RawWord } from '../ast/word.ts';
import { freeze, freezeList } from '../util/freeze.ts';
import { isSpace, lowerCase } from '../util/unicode.ts';
import { splitFlags } from './flags.ts';
import { findHeredocs } from './heredocs.ts';
import { readJsonArray } from './json-array.ts';
import type { LogicalLine } from './logical-lines.ts';
import { syntaxError } from './syntax-error.ts';
import { blanks, trimLeft, trimSpace } from './text-lines.ts';
import { splitList, splitPairs, splitQuotedWords } from './words.ts';

/** An instruction cut into keyword, flags and arguments; nothing is checked yet. */
export interface Statement {
  /** As written, and in upper case. */
  readonly keyword: string;
  readonly name: string;
  readonly flags: readonly string[];
  /** Everything after the flags. */
  readonly rest: string;
  readonly args: readonly string[];
  readonly pairs?: readonly (readonly [key: string, value: string])[];
  readonly legacy: boolean;
  readonly json: boolean;
  readonly escape: EscapeToken;
  readonly line: LogicalLine;
  readonly file: string | undefined;
  /** The instruction of an ONBUILD. */
  readonly trigger?: Statement;
}

type Arguments = Pick<Statement, 'args' | 'json'> & Partial<Pick<Statement, 'pairs' | 'legacy' | 'trigger'>>;
type Splitter = (
  rest: string,
  token: EscapeToken,
  name: string,
  line: LogicalLine,
  file: string | undefined,
) => Arguments;

const plain = (args: readonly string[]): Arguments => ({ args: freeze(args), json: false });
const list: Splitter = (rest) => plain(splitList(rest));
const whole: Splitter = (rest) => plain(rest === '' ? [] : [rest]);
const pairs: Splitter = (rest, token, name) => {
  const { pairs: cut, legacy } = splitPairs(rest, token, name);
  return { args: freezeList([]), json: false, pairs: freeze(cut), legacy };
};

const maybeJson: Splitter = (rest) => {
  const items = readJsonArray(rest);
  return items === undefined ? plain(rest === '' ? [] : [rest]) : { args: freeze(items), json: true };
};

const maybeJsonList: Splitter = (rest) => {
  const items = readJsonArray(rest);
  return items === undefined ? plain(splitList(rest)) : { args: freeze(items), json: true };
};

const typed: Splitter = (rest, ...others) => {
  if (rest === '') return plain([]);
  const characters = [...rest];
  const space = characters.findIndex(isSpace);
  const type = space < 0 ? rest : characters.slice(0, space).join('');
  const command = trimLeft(rest.slice(type.length));
  const { args, json } = maybeJson(command, ...others);
  return { args: [type, ...args], json };
};

const triggered: Splitter = (rest, token, _name, line, file) => {
  if (rest === '') return plain([]);
  const inner = { ...line, text: rest };
  // A trigger of a trigger is refused, so its words are not cut: any depth of them is harmless.
  const trigger = isOnBuild(rest) ? uncut(inner, token, file) : readStatement(inner, token, file);
  return { ...plain([rest]), trigger };
};

/** How each instruction cuts its arguments. */
const splitters: ReadonlyMap<string, Splitter> = new Map([
  ['ADD', maybeJsonList],
  ['ARG', (rest: string, token: EscapeToken) => plain(splitQuotedWords(rest, token))],
  ['CMD', maybeJson],
  ['COPY', maybeJsonList],
  ['ENTRYPOINT', maybeJson],
  ['ENV', pairs],
  ['EXPOSE', list],
  ['FROM', list],
  ['HEALTHCHECK', typed],
  ['LABEL', pairs],
  ['MAINTAINER', whole],
  ['ONBUILD', triggered],
  ['RUN', maybeJson],
  ['SHELL', maybeJson],
  ['STOPSIGNAL', whole],
  ['USER', whole],
  ['VOLUME', maybeJsonList],
  ['WORKDIR', whole],
]);

/** The eighteen keywords, for suggestions. */
export const keywords: readonly string[] = [...splitters.keys()];

export function readStatement(line: LogicalLine, token: EscapeToken, file: string | undefined): Statement {
  const text = trimSpace(line.text);
  const gap = blanks.exec(text);
  const keyword = gap === null ? text : text.slice(0, gap.index);
  const { flags, rest: untrimmed } = splitFlags(
    gap === null ? '' : text.slice(gap.index + gap[0].length),
    token,
  );
  const rest = trimSpace(untrimmed);
  const name = keywordName(keyword);
  const cut = splitters.get(name)?.(rest, token, name, line, file) ?? plain(rest === '' ? [] : [rest]);
  const { args, json, legacy = false } = cut;
  const statement: Mutable<Statement> = {
    keyword,
    name,
    flags,
    rest,
    args,
    legacy,
    json,
    escape: token,
    line,
    file,
  };
  if (cut.pairs !== undefined) statement.pairs = cut.pairs;
  if (cut.trigger !== undefined) statement.trigger = cut.trigger;
  return statement;
}

/** A keyword is compared as Go lowers it, so that no other letter passes for one of ours. */
function keywordName(keyword: string): string {
  if (splitters.has(keyword)) return keyword;
  return lowerCase(keyword).replace(/[a-z]/gu, (letter) => letter.toUpperCase());
}

function isOnBuild(text: string): boolean {
  return keywordName(/^[^\t\v\f\r ]*/u.exec(trimLeft(text))?.[0] ?? '') === 'ONBUILD';
}

function uncut(line: LogicalLine, token: EscapeToken, file: string | undefined): Statement {
  const nothing = { flags: [], args: [], legacy: false, json: false };
  return { ...nothing, keyword: 'ONBUILD', name: 'ONBUILD', rest: line.text, escape: token, line, file };
}

/** Whether a logical line can open here-documents: ADD, COPY and RUN outside the JSON form, and ONBUILD of those. */
export function opensHeredocs(text: string, token: EscapeToken): boolean {
  if (!text.includes('<<')) return false;
  const [, keyword = '', rest = ''] = /^([^\t\v\f\r ]+)[\t\v\f\r ]+(.*)$/su.exec(trimSpace(text)) ?? [];
  const name = keywordName(keyword);
  if (name === 'ONBUILD')
    return (
      !isOnBuild(rest) && opensHeredocs(splitFlags(rest, token).rest, token) && findHeredocs(rest).length > 0
    );
  if (name !== 'ADD' && name !== 'COPY' && name !== 'RUN') return false;
  return !isJsonArray(trimLeft(splitFlags(rest, token).rest));
}

function isJsonArray(text: string): boolean {
  try {
    return readJsonArray(trimSpace(text)) !== undefined;
  } catch {
    return true;
  }
}

/**
 * The node of a statement: its parser adds what the text says, and freezes it. Files have thousands of nodes, and adding
 * fields in a fixed order is ten times quicker than spreading them.
 */
export function startNode<Node extends NodeBase & { readonly kind: string }>(
  kind: Node['kind'],
  statement: Statement,
): Mutable<Node> {
  const { comments } = statement.line;
  const source = sourceOf(statement);
  const base = comments.length === 0 ? { kind, source } : { kind, comments: freezeList(comments), source };
  return base as Mutable<Node>;
}

function sourceOf({ keyword, flags, args, pairs: cut, json, line, file }: Statement): InstructionSource {
  const { original, first, column, last } = line;
  const place = {
    line: first,
    column,
    endLine: last,
    endColumn: original.length - original.lastIndexOf('\n'),
  };
  // Every instruction comes here: fields that are often absent are added, which is quicker than spreading them.
  const source: Mutable<InstructionSource> = {
    location: freeze(file === undefined ? place : { file, ...place }),
    original,
    keyword,
    text: line.text,
    flags: freezeList(flags),
    args: freezeList(args),
    json,
    heredocs: freezeList(line.heredocs),
    comments: freezeList(line.attached),
    blankBefore: line.blankBefore,
  };
  if (cut !== undefined) source.pairs = freezeList(cut);
  if (line.emptyContinuationLine !== undefined) source.emptyContinuationLine = line.emptyContinuationLine;
  return freeze(source);
}

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A word as it stands, to be expanded when the instruction is evaluated. */
export function rawWord(text: string, statement: Statement): RawWord {
  return createRawWord(text, statement.escape);
}

/** The only argument; throws when there are none or several. */
export function onlyArgument({ args, name }: Statement): string {
  const [argument, ...others] = args;
  if (argument === undefined || others.length > 0) {
    syntaxError(`${name} takes exactly one argument.`, `Write ${name} with one value.`);
  }
  return argument;
}

/** Throws when there is no argument at all. */
export function requireArguments({ args, pairs: cut, name }: Statement): void {
  if (args.length + (cut?.length ?? 0) === 0) syntaxError(`${name} has no arguments.`, 'Give at least one.');
}
