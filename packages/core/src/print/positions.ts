import { type PrintContext, quoteValue, refuse } from './print-context.ts';

/**
 * Where a word stands. BuildKit takes quotes, escapes and variables out of all of them, but cuts them out of the line
 * in different ways first.
 */
export type WordPosition = 'pair' | 'line' | 'list' | 'element' | 'volume' | 'flag' | 'body';

export interface PositionRule {
  /** `quotes`: unsafe text goes in double quotes. `escapes`: the escape token goes before each unsafe character. */
  readonly remedy: 'quotes' | 'escapes';
  /** Text with variables is quoted even where that changes nothing, because it reads better. */
  readonly quotesVariables?: true;
  /** Quotes are ordinary text. */
  readonly keepsQuotes?: true;
  /** What no remedy can write here, and how to say so. */
  readonly refused: readonly Refusal[];
}

interface Refusal {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly hint: string;
}

const lineBreak: Refusal = {
  pattern: /\n/u,
  reason: 'holds a line break, which a Dockerfile cannot express there',
  hint: 'Write the value on one line, or put it in a file and copy that.',
};
const nul: Refusal = {
  pattern: /\0/u,
  reason: 'holds a NUL character, which no program can receive there',
  hint: 'Remove the character.',
};
const surrogate: Refusal = {
  pattern: /[\uD800-\uDFFF]/u,
  reason: 'holds half of a surrogate pair, which UTF-8 cannot express',
  hint: 'Pass well-formed Unicode text.',
};
const whiteSpace: Refusal = {
  pattern: /[\t\v\f\r ]/u,
  reason: 'holds white space, where the Dockerfile splits it even in quotes',
  hint: 'Use a value without white space.',
};
const notAscii: Refusal = {
  pattern: /\P{ASCII}/u,
  reason: 'holds a character that is not ASCII, which BuildKit corrupts in a flag',
  hint: 'Use ASCII, or declare an arg() with this value and use it through expand where the flag takes variables.',
};

/**
 * The quoting table: what is unsafe where, and the remedy. Nothing else in this folder escapes a word.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
 */
export const positions: Readonly<Record<WordPosition, PositionRule>> = {
  /** ENV and LABEL keys and values, ARG defaults: cut at white space outside quotes. */
  pair: { remedy: 'quotes', quotesVariables: true, refused: [lineBreak, nul, surrogate] },
  /** WORKDIR, USER, STOPSIGNAL: the rest of the line. */
  line: { remedy: 'quotes', refused: [lineBreak, nul, surrogate] },
  /** FROM, EXPOSE and the plain form of COPY, ADD and VOLUME: cut at white space whatever the quotes. */
  list: { remedy: 'quotes', refused: [lineBreak, nul, surrogate, whiteSpace] },
  /** An element of a JSON array that is read as a word after decoding. */
  element: { remedy: 'escapes', refused: [nul, surrogate] },
  /** An element of VOLUME's JSON array: white space around it is cut off before it is read as a word. */
  volume: { remedy: 'quotes', refused: [nul, surrogate] },
  /** The value of a flag or a mount option that is read as a word after the flag's own quotes are gone. */
  flag: { remedy: 'escapes', refused: [lineBreak, nul, notAscii] },
  /** The body of a COPY or ADD here-document with variables: quotes mean nothing, a backslash always escapes. */
  body: { remedy: 'escapes', keepsQuotes: true, refused: [nul, surrogate] },
};

/** Whether this literal can be written in this place at all; notes the problem when not. */
export function isWritable(
  text: string,
  position: WordPosition,
  context: PrintContext,
  what: string,
): boolean {
  const refusal = positions[position].refused.find(({ pattern }) => pattern.test(text));
  if (refusal === undefined) return true;
  refuse(context, `The ${what} ${quoteValue(text)} ${refusal.reason}.`, refusal.hint);
  return false;
}
