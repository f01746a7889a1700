import { isSpace } from '../util/unicode.ts';
import { type LexWordOptions, lexWord, type VariablePiece, type WordPiece } from './word-lexer.ts';

/**
 * Joins the pieces of a text and cuts the result at unquoted white space, also inside the values of variables.
 *
 * Empty words vanish, quoted or not.
 */
export function splitPieces(
  pieces: readonly WordPiece[],
  expand: (variable: VariablePiece) => string,
): readonly string[] {
  const words: string[] = [];
  let word = '';
  for (const piece of pieces) {
    const text = piece.kind === 'text' ? piece.text : expand(piece);
    if (piece.quoted) {
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

/**
 * The words of a text, variables left as they stand: how BuildKit looks for here-documents.
 *
 * Undefined when a quote or a `${` is not closed: BuildKit then sees no here-document at all.
 */
export function splitWords(text: string, options: LexWordOptions = {}): readonly string[] | undefined {
  const lexed = lexWord(text, options);
  return lexed.error === undefined ? splitPieces(lexed.pieces, asWritten) : undefined;
}

/** BuildKit writes an unset `${NAME//a/b}` back with one slash. */
function asWritten(variable: VariablePiece): string {
  if (!variable.braced) return `$${variable.name}`;
  if (variable.replacement !== undefined) {
    return `\${${variable.name}/${textOf(variable.operand)}/${textOf(variable.replacement)}}`;
  }
  return `\${${variable.name}${variable.operator ?? ''}${textOf(variable.operand)}}`;
}

function textOf(pieces: readonly WordPiece[] = []): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : asWritten(piece))).join('');
}
