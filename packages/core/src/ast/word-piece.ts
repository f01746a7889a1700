/** A run of text after quotes and escapes were taken away. */
export interface TextPiece {
  readonly kind: 'text';
  readonly text: string;
  /** Quoted or escaped: white space in it never separates words. */
  readonly quoted: boolean;
}

/** A use of a variable, not yet replaced by its value. */
export interface VariablePiece {
  readonly kind: 'variable';
  readonly name: string;
  /** `${NAME}` rather than `$NAME`. */
  readonly braced: boolean;
  /** As written after the name; `##` and `%%` arrive as `#` and `%` with an operand that starts so. May be unsupported, such as `:=`. */
  readonly operator?: string;
  readonly operand?: readonly WordPiece[];
  readonly replacement?: readonly WordPiece[];
}

/** Double quotes with variables between them: white space in their values never separates words. */
export interface QuotePiece {
  readonly kind: 'quote';
  readonly pieces: readonly WordPiece[];
}

export type WordPiece = TextPiece | VariablePiece | QuotePiece;

/** Appends text, joined with the text before it where both are quoted or both are not. */
export function addText(pieces: WordPiece[], text: string, quoted: boolean): void {
  if (text === '') return;
  const last = pieces.at(-1);
  if (last?.kind === 'text' && last.quoted === quoted) {
    pieces[pieces.length - 1] = { kind: 'text', text: last.text + text, quoted };
  } else pieces.push({ kind: 'text', text, quoted });
}

/** The text of pieces in a row, `expand` giving each variable's. */
export function textOf(pieces: readonly WordPiece[], expand: (variable: VariablePiece) => string): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      return piece.kind === 'variable' ? expand(piece) : textOf(piece.pieces, expand);
    })
    .join('');
}
