import { isSpace } from '../util/unicode.ts';
import { type LexWordOptions, lexWord } from './word-lexer.ts';
import { textOf, type VariablePiece, type WordPiece } from './word-piece.ts';

/**
 * Joins the pieces of a text and cuts the result at unquoted white space, also inside the values of variables.
 *
 * Empty words vanish, quoted or not. A form with an operator, such as `${A:-b}`, drops what the word has so far: BuildKit
 * reads its operand into the same buffer.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
 */
export function splitPieces(
  pieces: readonly WordPiece[],
  expand: (variable: VariablePiece) => string,
): readonly string[] {
  const words: string[] = [];
  let word = '';
  for (const piece of pieces) {
    const text = textOf([piece], expand);
    if (hasOperator(piece)) word = '';
    if (piece.kind === 'quote' || (piece.kind === 'text' && piece.quoted)) {
      word += text;
      continue;
    }
    for (const character of text) {
      if (!isSpace(character)) word += character;
      else if (word !== '') {
        words.push(word);
        word = '';
      }
    }
  }
  if (word !== '') words.push(word);
  return words;
}

function hasOperator(piece: WordPiece): boolean {
  if (piece.kind === 'quote') return piece.pieces.some(hasOperator);
  return piece.kind === 'variable' && piece.operator !== undefined;
}

/**
 * The words of a text, variables left as they stand: how BuildKit looks for here-documents.
 *
 * Undefined when a quote or a `${` is not closed: BuildKit then sees no here-document at all.
 */
export function splitWords(text: string, options: LexWordOptions = {}): readonly string[] | undefined {
  if (plainText.test(text)) return text.split(/[\t-\r ]+/u).filter((word) => word !== '');
  const lexed = lexWord(text, options);
  return lexed.error === undefined ? splitPieces(lexed.pieces, asWritten) : undefined;
}

/** ASCII without quotes, escapes and variables needs no lexer, and most text is such. */
const plainText = /^[\t-\r !#%&(-[\]-_a-~]*$/u;

function asWritten({ name, braced, operator, operand = [], replacement }: VariablePiece): string {
  if (!braced) return `$${name}`;
  const text = textOf(operand, asWritten);
  // BuildKit writes an unset `${NAME//a/b}` back with one slash.
  if (replacement !== undefined) return `\${${name}/${text}/${textOf(replacement, asWritten)}}`;
  return `\${${name}${operator ?? ''}${text}}`;
}
