import type { VariableReference, Word } from '../ast/word.ts';
import { type LexedWord, type LexWordOptions, lexWord } from '../ast/word-lexer.ts';
import { textOf, type VariablePiece, type WordPiece } from '../ast/word-piece.ts';
import { splitPieces } from '../ast/word-split.ts';
import { wordText } from '../ast/word-text.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { Location } from '../source/location.ts';
import { type Environment, lookUp } from './environment.ts';
import { substitute } from './substitute.ts';

export interface ExpandWordOptions {
  /** The word is the body of a here-document: quotes are text, a backslash always escapes. Default: false. */
  readonly heredocBody?: boolean;
  /** The place an error names. */
  readonly where?: Location | undefined;
}

/** Which variables a word read. */
export interface VariableUse {
  /** Names that had a value, each once. */
  readonly used: readonly string[];
  /** Names that were read but are not set, each once. */
  readonly unset: readonly string[];
}

export interface ExpandedWord extends VariableUse {
  readonly value: string;
}

export interface ExpandedWords extends VariableUse {
  readonly values: readonly string[];
}

/**
 * The value of a word: quotes removed, variables replaced, exactly as BuildKit does it.
 *
 * A plain string is literal and comes back unchanged. Throws `evaluation-error` for a malformed word, an unset `${A:?}` and
 * the like.
 * @see https://docs.docker.com/reference/dockerfile/#environment-replacement
 * @example expandWord(createRawWord('"${A:-x}"/bin'), { A: '' }).value; // x/bin
 */
export function expandWord(
  word: Word,
  environment: Environment,
  options: ExpandWordOptions = {},
): ExpandedWord {
  if (typeof word === 'string') return { value: word, used: [], unset: [] };
  const reader = createReader(environment);
  const value = explain(word, options, () => joinPieces(lex(word, options), reader));
  return { value, ...reader.use() };
}

/**
 * The values of a word that is cut at unquoted white space after expansion, as EXPOSE does.
 *
 * Throws like {@link expandWord}.
 * @example expandWords(createRawWord('$A 90'), { A: '80 81' }).values; // ['80', '81', '90']
 */
export function expandWords(
  word: Word,
  environment: Environment,
  options: ExpandWordOptions = {},
): ExpandedWords {
  const reader = createReader(environment);
  const values = explain(word, options, () => {
    const lexed = lex(word, options);
    const values = splitPieces(lexed.pieces, reader.read);
    return orFail(lexed, values);
  });
  return { values, ...reader.use() };
}

interface Reader {
  readonly read: (variable: VariablePiece) => string;
  readonly use: () => VariableUse;
}

/** Evaluates pieces from left to right and notes which variables they name. */
function createReader(environment: Environment): Reader {
  const used = new Set<string>();
  const unset = new Set<string>();
  const read = (variable: VariablePiece): string => {
    const operand = textOf(variable.operand ?? [], read);
    const replacement = textOf(variable.replacement ?? [], read);
    const value = lookUp(environment, variable.name);
    (value === undefined ? unset : used).add(variable.name);
    if (variable.operator === undefined) return value ?? '';
    return substitute({ name: variable.name, operator: variable.operator, value, operand, replacement });
  };
  return { read, use: () => ({ used: [...used], unset: [...unset] }) };
}

function joinPieces(lexed: LexedWord, reader: Reader): string {
  return orFail(lexed, textOf(lexed.pieces, reader.read));
}

/** What stands left of a mistake is evaluated first and may fail first. */
function orFail<T>(lexed: LexedWord, value: T): T {
  if (lexed.error !== undefined) throw new Error(lexed.error);
  return value;
}

function lex(word: Word, options: ExpandWordOptions): LexedWord {
  if (typeof word === 'string') return { pieces: [literal(word)] };
  if (word.kind === 'Expansion') return { pieces: toPieces(word) };
  const lexOptions: LexWordOptions = options.heredocBody ? { quotes: 'ignore' } : { escape: word.escape };
  return lexWord(word.text, lexOptions);
}

function toPieces(word: Word, isPattern = false): readonly WordPiece[] {
  if (typeof word === 'string') return [literal(word)];
  if (word.kind === 'Expansion') return word.parts.map(toPiece);
  const lexed = lexWord(word.text, { escape: word.escape, keepEscapes: isPattern });
  return orFail(lexed, lexed.pieces);
}

function toPiece(part: string | VariableReference): WordPiece {
  if (typeof part === 'string') return literal(part);
  const { name, operator, operand, replacement } = part;
  const isPattern = operator !== undefined && /[#%/]/u.test(operator);
  return {
    kind: 'variable',
    name,
    braced: true,
    ...(operator === undefined ? {} : { operator }),
    ...(operand === undefined ? {} : { operand: toPieces(operand, isPattern) }),
    ...(replacement === undefined ? {} : { replacement: toPieces(replacement, isPattern) }),
  };
}

function literal(text: string): WordPiece {
  return { kind: 'text', text, quoted: true };
}

function explain<T>(word: Word, options: ExpandWordOptions, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StagecraftError('evaluation-error', `Can't expand "${wordText(word)}": ${reason}.`, {
      where: options.where,
    });
  }
}
