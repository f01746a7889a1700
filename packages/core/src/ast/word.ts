import { freeze, freezeList } from '../util/freeze.ts';

/** The character that escapes in a Dockerfile: a backslash, or a backtick after `# escape=`. */
export type EscapeToken = '\\' | '`';

/**
 * A value in a place where the builder expands variables.
 *
 * A string is literal text and reaches the image byte for byte; an {@link Expansion} holds variables; a
 * {@link RawWord} is text as a Dockerfile wrote it, still quoted.
 */
export type Word = string | Expansion | RawWord;

/** Text with variables in it, as the `expand` tag makes it. */
export interface Expansion {
  readonly kind: 'Expansion';
  /** Literal texts and variables, in order. Adjacent texts are merged and empty ones dropped. */
  readonly parts: readonly (string | VariableReference)[];
}

/** A word as it stands in a Dockerfile, quotes and escapes included. */
export interface RawWord {
  readonly kind: 'RawWord';
  readonly text: string;
  readonly escape: EscapeToken;
}

/** `${NAME}` operators, as the Dockerfile reference names them. */
export type VariableOperator = ':-' | '-' | ':+' | '+' | ':?' | '?' | '#' | '##' | '%' | '%%' | '/' | '//';

/** One use of a variable: `${NAME}`, or `${NAME:-operand}` with an operator. */
export interface VariableReference {
  readonly kind: 'Variable';
  readonly name: string;
  readonly operator?: VariableOperator;
  /** The word after the operator; a pattern for `#`, `%` and `/`. */
  readonly operand?: Word;
  /** The replacement of `/` and `//`. */
  readonly replacement?: Word;
  /** The declaration behind an `arg()` object; absent for variables that are only named. */
  readonly declaration?: ArgDeclaration;
}

/** What `arg('GO_VERSION', '1.26')` declares. */
export interface ArgDeclaration {
  readonly name: string;
  readonly default?: Word;
  /** Made by `arg()`: its default stands once, before the first FROM. Never set in a finished graph. */
  readonly global?: true;
}

/** Joins texts and variables; gives back a plain string when there is no variable. */
export function createExpansion(parts: Iterable<string | VariableReference>): string | Expansion {
  const merged: (string | VariableReference)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  if (merged.every((part) => typeof part === 'string')) return merged.join('');
  return freeze<Expansion>({ kind: 'Expansion', parts: freezeList(merged) });
}

export function createRawWord(text: string, token: EscapeToken = '\\'): RawWord {
  return freeze({ kind: 'RawWord', text, escape: token });
}

/** The variables a word names directly, operands included. A raw word's are only known after lexing: none here. */
export function variablesOf(word: Word): readonly VariableReference[] {
  if (typeof word === 'string' || word.kind === 'RawWord') return [];
  return word.parts.flatMap((part) =>
    typeof part === 'string'
      ? []
      : [
          part,
          ...[part.operand, part.replacement].flatMap((inner) =>
            inner === undefined ? [] : variablesOf(inner),
          ),
        ],
  );
}
