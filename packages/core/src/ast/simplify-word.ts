import { freeze } from '../util/freeze.ts';
import { isSpace } from '../util/unicode.ts';
import {
  createExpansion,
  type Expansion,
  type VariableOperator,
  type VariableReference,
  type Word,
} from './word.ts';
import { lexWord } from './word-lexer.ts';
import type { VariablePiece, WordPiece } from './word-piece.ts';

export interface SimplifyWordOptions {
  /** The word's value is cut at white space (EXPOSE). Default: false. */
  readonly splits?: boolean;
  /** The word is the body of a here-document: quotes are text, a backslash always escapes. Default: false. */
  readonly heredocBody?: boolean;
}

/** The single-character forms have their longest-match twin spelled in the operand. */
const longestOperators: Readonly<Record<string, VariableOperator>> = { '#': '##', '%': '%%' };
const operators: ReadonlySet<string> = new Set([':-', '-', ':+', '+', ':?', '?', '#', '%', '/', '//']);

/** A raw word as literal text or as text with variables; unchanged where neither says exactly the same. */
export function simplifyWord(word: Word, options: SimplifyWordOptions = {}): Word {
  if (typeof word === 'string' || word.kind !== 'RawWord') return word;
  const lexed = options.heredocBody
    ? lexWord(word.text, { quotes: 'ignore' })
    : lexWord(word.text, { escape: word.escape });
  if (lexed.error !== undefined || (options.splits && !splitsAlike(lexed.pieces))) return word;
  return toExpansion(lexed.pieces) ?? word;
}

/** An Expansion can't say which of its parts are quoted: here text always is and variables never are. */
function splitsAlike(pieces: readonly WordPiece[]): boolean {
  return pieces.every(
    (piece) =>
      piece.kind === 'variable' ||
      (piece.kind === 'text' && (piece.quoted || ![...piece.text].some(isSpace))),
  );
}

function toExpansion(pieces: readonly WordPiece[]): string | Expansion | undefined {
  const parts: (string | VariableReference)[] = [];
  for (const piece of pieces.flatMap((piece) => (piece.kind === 'quote' ? piece.pieces : [piece]))) {
    if (piece.kind === 'quote') return undefined;
    const part = piece.kind === 'text' ? piece.text : toReference(piece);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return createExpansion(parts);
}

function toReference(piece: VariablePiece): VariableReference | undefined {
  if (piece.operator === undefined) return freeze({ kind: 'Variable', name: piece.name });
  const operand = toExpansion(piece.operand ?? []);
  const replacement = piece.replacement && toExpansion(piece.replacement);
  if (operand === undefined || (piece.replacement && replacement === undefined)) return undefined;
  const reference = withOperator(piece.name, piece.operator, operand);
  if (reference === undefined || replacement === undefined) return reference;
  return freeze({ ...reference, replacement });
}

function withOperator(
  name: string,
  operator: string,
  operand: string | Expansion,
): VariableReference | undefined {
  if (!operators.has(operator)) return undefined;
  const longest = longestOperators[operator];
  if (longest === undefined) {
    return freeze({ kind: 'Variable', name, operator: operator as VariableOperator, operand });
  }
  const text = typeof operand === 'string' ? operand : operand.parts[0];
  // Whether `${A#$B}` takes the shortest match depends on the value of B.
  if (typeof operand !== 'string' && typeof text !== 'string') return undefined;
  if (typeof text !== 'string' || !text.startsWith(operator)) {
    return freeze({ kind: 'Variable', name, operator: operator as VariableOperator, operand });
  }
  const rest =
    typeof operand === 'string'
      ? operand.slice(1)
      : createExpansion([text.slice(1), ...operand.parts.slice(1)]);
  return freeze({ kind: 'Variable', name, operator: longest, operand: rest });
}
