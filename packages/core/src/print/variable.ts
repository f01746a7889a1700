import { simplifyWord } from '../ast/simplify-word.ts';
import {
  createExpansion,
  createRawWord,
  type EscapeToken,
  type Expansion,
  type VariableReference,
  type Word,
} from '../ast/word.ts';
import { isWritable, type WordPosition } from './positions.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { sameWord } from './same-word.ts';

const variableName = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|\p{Nd}+|[@*#?$!-])$/u;

/** Outside quotes, white space is escaped too: ENV cuts its words there before it looks for `${`. */
const unsafeInOperand: Readonly<Record<EscapeToken, RegExp>> = {
  '\\': /[\s\u0085"'$}\\]/gu,
  '`': /[\s\u0085"'$}`]/gu,
};

const unsafeInBodyOperand = /[$}\\]/gu;

/** `${NAME}`, or `${NAME:-operand}` with an operator. */
export function printVariable(
  variable: VariableReference,
  position: WordPosition,
  context: PrintContext,
  what: string,
): string {
  const { name, operator } = variable;
  if (!variableName.test(name)) {
    return refuse(
      context,
      `${quoteValue(name)} is not a variable name.`,
      'Use letters, digits and underscores.',
    );
  }
  if (operator === undefined) return `\${${name}}`;
  const operand =
    operator.includes('-') || operator.includes('+') || operator.includes('?') ? printOperand : printPattern;
  const parts = [operand(variable.operand ?? '', position, context, what)];
  if (variable.replacement !== undefined)
    parts.push(printPattern(variable.replacement, position, context, what));
  const text = `\${${name}${operator}${parts.join('/')}}`;
  return isReadBack(text, variable, position, context.escape) ? text : refuseOperand(text, context, what);
}

/** The word of `:-`, `:+`, `:?` and their forms without a colon: quotes and escapes are read in it once more. */
function printOperand(word: Word, position: WordPosition, context: PrintContext, what: string): string {
  if (typeof word === 'string') {
    if (!isWritable(word, position, context, what)) return '';
    const unsafe = position === 'body' ? unsafeInBodyOperand : unsafeInOperand[context.escape];
    return word.replace(unsafe, (character) => context.escape + character);
  }
  return word.kind === 'RawWord' ? word.text : printParts(word, position, context, what, printOperand);
}

/** The pattern of `#`, `%` and `/`, and the replacement: escapes stay part of it. */
function printPattern(word: Word, position: WordPosition, context: PrintContext, what: string): string {
  if (typeof word === 'string') return isWritable(word, position, context, what) ? word : '';
  return word.kind === 'RawWord' ? word.text : printParts(word, position, context, what, printPattern);
}

function printParts(
  word: Expansion,
  position: WordPosition,
  context: PrintContext,
  what: string,
  printText: (word: Word, position: WordPosition, context: PrintContext, what: string) => string,
): string {
  const parts = word.parts.map((part) =>
    typeof part === 'string'
      ? printText(part, position, context, what)
      : printVariable(part, position, context, what),
  );
  return parts.join('');
}

/** Operands have more traps than can be listed, so the text is read back; what differs is refused. */
function isReadBack(
  text: string,
  variable: VariableReference,
  position: WordPosition,
  token: EscapeToken,
): boolean {
  if (holdsRawWord(variable)) return true;
  const read = simplifyWord(createRawWord(text, token), { heredocBody: position === 'body' });
  return sameWord(read, createExpansion([variable]));
}

function holdsRawWord({ operand, replacement }: VariableReference): boolean {
  return [operand, replacement].some((word) => {
    if (word === undefined || typeof word === 'string') return false;
    if (word.kind === 'RawWord') return true;
    return word.parts.some((part) => typeof part !== 'string' && holdsRawWord(part));
  });
}

function refuseOperand(text: string, context: PrintContext, what: string): string {
  return refuse(
    context,
    `The ${what} cannot hold ${quoteValue(text)}: the Dockerfile would read something else.`,
    'Simplify the text after the operator: no quotes, braces or "$" in it.',
  );
}
