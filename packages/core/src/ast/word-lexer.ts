import { isDigit, isLetter } from '../util/unicode.ts';
import type { EscapeToken } from './word.ts';
import { addText, type VariablePiece, type WordPiece } from './word-piece.ts';

/** What a word says, in order. */
export interface LexedWord {
  /** With an `error`: the parts read before it, in the order BuildKit evaluates them. */
  readonly pieces: readonly WordPiece[];
  /** BuildKit's message when the word is malformed. */
  readonly error?: string;
}

export interface LexWordOptions {
  /** Default: a backslash. */
  readonly escape?: EscapeToken;
  /** `ignore` takes quotes as ordinary text (here-document bodies), `keep` leaves them in the text. Default: `remove`. */
  readonly quotes?: 'remove' | 'keep' | 'ignore';
  /** Leaves escape tokens in the text. Default: false. */
  readonly keepEscapes?: boolean;
}

/** Far deeper than any real word, far below what the JavaScript stack holds. */
const nestingLimit = 500;
const unsupported = (operator: string): string => `unsupported modifier (${operator}) in substitution`;
const missingQuote = (quote: string): string =>
  `unexpected end of statement while looking for matching ${quote}-quote`;

/**
 * Reads a word the way BuildKit's shell lexer does: quotes, escapes and `${…}` forms, without any environment.
 *
 * BuildKit reads and evaluates in one go, so an unset `${A:?}` hides a missing quote further right. That order is kept:
 * evaluate {@link LexedWord.pieces} first, then report {@link LexedWord.error}.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
 */
export function lexWord(text: string, options: LexWordOptions = {}): LexedWord {
  const pieces: WordPiece[] = [];
  const lexer = new WordLexer(text, options);
  const error = lexer.readUntil('', pieces, options.keepEscapes ?? false);
  return error === undefined ? { pieces } : { pieces, error };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Each `read…` method appends to the list it is given and answers with the error that stopped it, if any. */
class WordLexer {
  readonly #text: string;
  readonly #escape: string;
  readonly #quotes: 'remove' | 'keep' | 'ignore';
  /** Everything that is not plain text outside double quotes. */
  readonly #special: RegExp;
  #position = 0;
  /** Where the last variable that was read ends. */
  #variableEnd = -1;
  #depth = 0;

  constructor(text: string, options: LexWordOptions) {
    this.#text = text;
    this.#escape = options.escape ?? '\\';
    this.#quotes = options.quotes ?? 'remove';
    this.#special = this.#escape === '`' ? /["$'/`}]/g : /["$'/\\}]/g;
    // Go's text scanner drops a byte order mark in front.
    if (text.startsWith('\uFEFF')) this.#position = 1;
  }

  readUntil(stop: string, pieces: WordPiece[], keepEscapes: boolean): string | undefined {
    while (!this.#atEnd()) {
      const character = this.#text[this.#position] ?? '';
      if (character === stop) {
        this.#position += 1;
        return undefined;
      }
      const error = this.#readOne(character, pieces, keepEscapes);
      if (error !== undefined) return error;
    }
    return stop === '' ? undefined : `unexpected end of statement while looking for matching ${stop}`;
  }

  #readOne(character: string, pieces: WordPiece[], keepEscapes: boolean): string | undefined {
    if (character === '$') return this.#readDollar(pieces);
    if (character === this.#escape) return this.#readEscaped(pieces, keepEscapes);
    if (this.#quotes !== 'ignore') {
      if (character === "'") return this.#readSingleQuoted(pieces);
      if (character === '"') return this.#readDoubleQuoted(pieces, keepEscapes);
    }
    addText(pieces, character + this.#takePlain(this.#position + 1), false);
    return undefined;
  }

  /** The text from `from` up to the next character that may mean something. */
  #takePlain(from: number): string {
    this.#special.lastIndex = from;
    this.#position = this.#special.exec(this.#text)?.index ?? this.#text.length;
    return this.#text.slice(from, this.#position);
  }

  #readEscaped(pieces: WordPiece[], keepEscapes: boolean): undefined {
    this.#position += 1;
    const escaped = this.#takeCodePoint();
    if (keepEscapes) addText(pieces, this.#escape, true);
    if (escaped !== '') addText(pieces, escaped, true);
  }

  #readSingleQuoted(pieces: WordPiece[]): string | undefined {
    const start = this.#position + 1;
    const end = this.#text.indexOf("'", start);
    if (end < 0) {
      this.#position = this.#text.length;
      return missingQuote('single');
    }
    this.#position = end + 1;
    const text = this.#text.slice(start, end);
    addText(pieces, this.#quotes === 'keep' ? `'${text}'` : text, true);
    return undefined;
  }

  #readDoubleQuoted(pieces: WordPiece[], keepEscapes: boolean): string | undefined {
    const inner: WordPiece[] = [];
    const error = this.#readUntilQuote(inner, keepEscapes);
    if (error !== undefined) pieces.push(...inner);
    else if (inner.some((piece) => piece.kind === 'variable')) pieces.push({ kind: 'quote', pieces: inner });
    else for (const piece of inner) if (piece.kind === 'text') addText(pieces, piece.text, true);
    return error;
  }

  #readUntilQuote(inner: WordPiece[], keepEscapes: boolean): string | undefined {
    const quote = this.#quotes === 'keep' ? '"' : '';
    this.#position += 1;
    addText(inner, quote, true);
    while (!this.#atEnd()) {
      const character = this.#text[this.#position] ?? '';
      if (character === '"') {
        this.#position += 1;
        addText(inner, quote, true);
        return undefined;
      }
      if (character === '$') {
        const error = this.#readDollar(inner);
        if (error !== undefined) return error;
      } else if (character === this.#escape) this.#readEscapedInQuotes(inner, keepEscapes);
      else addText(inner, character + this.#takePlain(this.#position + 1), true);
    }
    return missingQuote('double');
  }

  /** In double quotes only `"`, `$` and the escape token itself can be escaped; elsewhere the token stays. */
  #readEscapedInQuotes(pieces: WordPiece[], keepEscapes: boolean): void {
    this.#position += 1;
    // BuildKit writes a kept token that escapes nothing twice; reading the result once more gives a single one.
    if (keepEscapes) addText(pieces, this.#escape, true);
    if (this.#atEnd()) return;
    const next = this.#text[this.#position] ?? '';
    const escapes = next === '"' || next === '$' || next === this.#escape;
    addText(pieces, escapes ? next : this.#escape, true);
    if (escapes) this.#position += 1;
  }

  #readDollar(pieces: WordPiece[]): string | undefined {
    this.#position += 1;
    if (this.#text[this.#position] === '{') return this.#readBraced(pieces);
    const name = this.#takeName();
    if (name === '') addText(pieces, '$', false);
    else this.#addVariable(pieces, { kind: 'variable', name, braced: false });
    return undefined;
  }

  #readBraced(pieces: WordPiece[]): string | undefined {
    this.#position += 1;
    const first = this.#text[this.#position];
    if (first === undefined) return "syntax error: missing '}'";
    if (first === '{' || first === '}' || first === ':') return 'syntax error: bad substitution';
    const name = this.#takeName();
    const mark = this.#takeCodePoint();
    const variable: VariablePiece = { kind: 'variable', name, braced: true };
    if (mark === '}') {
      this.#addVariable(pieces, variable);
      return undefined;
    }
    this.#depth += 1;
    const error =
      this.#depth > nestingLimit
        ? 'syntax error: substitutions are nested too deeply'
        : this.#readOperator(mark, variable, pieces);
    this.#depth -= 1;
    return error;
  }

  #readOperator(mark: string, variable: VariablePiece, pieces: WordPiece[]): string | undefined {
    const result: Mutable<VariablePiece> = { ...variable };
    const operand: WordPiece[] = [];
    const replacement: WordPiece[] = [];
    const error =
      mark === '/'
        ? this.#readReplacement(result, operand, replacement)
        : this.#readOperand(mark, result, operand);
    if (error === undefined) this.#addVariable(pieces, result);
    else pieces.push(...operand, ...replacement);
    return error;
  }

  #readOperand(mark: string, result: Mutable<VariablePiece>, operand: WordPiece[]): string | undefined {
    const operator = mark === ':' ? `:${orReplacement(this.#takeCodePoint())}` : orReplacement(mark);
    const isPattern = operator === '#' || operator === '%';
    if (!isPattern && !/^(?::[^#%]|[-+?])$/su.test(operator)) return unsupported(operator);
    result.operator = operator;
    result.operand = operand;
    return this.#readPart('}', operand, isPattern, "syntax error: missing '}'");
  }

  #readReplacement(
    result: Mutable<VariablePiece>,
    operand: WordPiece[],
    replacement: WordPiece[],
  ): string | undefined {
    const all = this.#text[this.#position] === '/';
    if (all) this.#position += 1;
    result.operator = all ? '//' : '/';
    result.operand = operand;
    result.replacement = replacement;
    return (
      this.#readPart('/', operand, true, "syntax error: missing '/' in ${}") ??
      this.#readPart('}', replacement, true, "syntax error: missing '}'")
    );
  }

  /** At the end of the text, BuildKit reports the innermost problem as the missing delimiter of the outermost `${`. */
  #readPart(stop: string, pieces: WordPiece[], isPattern: boolean, missing: string): string | undefined {
    const error = this.readUntil(stop, pieces, isPattern);
    if (error === undefined || !this.#atEnd()) return error;
    if (this.#variableEnd === this.#text.length) pieces.pop();
    return missing;
  }

  #addVariable(pieces: WordPiece[], variable: VariablePiece): void {
    pieces.push(variable);
    this.#variableEnd = this.#position;
  }

  /** Letters, digits and underscores; or digits only; or one special parameter. */
  #takeName(): string {
    const start = this.#position;
    const first = this.#peek();
    if (/^[@*#?$!-]/u.test(first)) {
      this.#position += 1;
      return first;
    }
    const belongs = isDigit(first) ? isDigit : isNameCharacter;
    for (let next = first; next !== '' && belongs(next); next = this.#peek()) this.#position += next.length;
    return this.#text.slice(start, this.#position);
  }

  #peek(): string {
    const codePoint = this.#text.codePointAt(this.#position);
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
  }

  #takeCodePoint(): string {
    const character = this.#peek();
    this.#position += character.length;
    return character;
  }

  #atEnd(): boolean {
    return this.#position >= this.#text.length;
  }
}

function isNameCharacter(character: string): boolean {
  return character === '_' || isLetter(character) || isDigit(character);
}

/** Go prints the end of the text as the replacement character. */
function orReplacement(mark: string): string {
  return mark === '' ? '\uFFFD' : mark;
}
