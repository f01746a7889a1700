import type { VariableOperator, VariableReference, Word } from '../ast/word.ts';
import { lexWord } from '../ast/word-lexer.ts';
import type { WordPiece } from '../ast/word-piece.ts';

/** Whether a word holds a variable at all. */
export function hasVariable(word: Word | undefined): boolean {
  if (word === undefined || typeof word === 'string') return false;
  return word.kind === 'RawWord'
    ? word.text.includes('$')
    : word.parts.some((part) => typeof part !== 'string');
}

/** Whether a word uses one of these operators, at any depth. */
export function hasOperator(word: Word | undefined, operators: ReadonlySet<string>): boolean {
  if (word === undefined || typeof word === 'string') return false;
  if (word.kind === 'Expansion') return word.parts.some((part) => usesOperator(part, operators));
  // Most words of most files end here, unlexed.
  if (!word.text.includes('${')) return false;
  return lexWord(word.text, { escape: word.escape }).pieces.some((piece) => pieceUses(piece, operators));
}

function usesOperator(part: string | VariableReference, operators: ReadonlySet<string>): boolean {
  if (typeof part === 'string') return false;
  return (
    (part.operator !== undefined && operators.has(part.operator)) ||
    hasOperator(part.operand, operators) ||
    hasOperator(part.replacement, operators)
  );
}

function pieceUses(piece: WordPiece, operators: ReadonlySet<string>): boolean {
  if (piece.kind === 'text') return false;
  if (piece.kind === 'quote') return piece.pieces.some((inner) => pieceUses(inner, operators));
  const inner = [...(piece.operand ?? []), ...(piece.replacement ?? [])];
  return (
    (piece.operator !== undefined && operators.has(piece.operator)) ||
    inner.some((part) => pieceUses(part, operators))
  );
}

const plain: readonly VariableOperator[] = ['-', '+', '?'];
const patterns: readonly VariableOperator[] = ['#', '##', '%', '%%', '/', '//'];

/** `${x-y}`: no colon. */
export const operatorsWithoutColon: ReadonlySet<string> = new Set(plain);
/** `${x#p}` and its kin. */
export const patternOperators: ReadonlySet<string> = new Set(patterns);
