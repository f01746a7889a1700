import { simplifyWord } from '../ast/simplify-word.ts';
import type { EscapeToken, Expansion, RawWord, Word } from '../ast/word.ts';
import { isWritable, type PositionRule, positions, type WordPosition } from './positions.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { standsAsWritten } from './raw-word.ts';
import { printVariable } from './variable.ts';

/** Text that reads the same everywhere: no quotes, escapes or `$`, nothing a shell user would stumble over. */
const bareWords: Readonly<Record<EscapeToken, RegExp>> = {
  '\\': /^[A-Za-z0-9_@%+:,./*?^~][A-Za-z0-9_@%+=:,./*?^~[\]#-]*$/u,
  '`': /^[A-Za-z0-9_@%+:,./*?^~\\][A-Za-z0-9_@%+=:,./*?^~[\]#\\-]*$/u,
};
const bareTail: Readonly<Record<EscapeToken, RegExp>> = {
  '\\': /^[A-Za-z0-9_@%+=:,./*?^~[\]#-]*$/u,
  '`': /^[A-Za-z0-9_@%+=:,./*?^~[\]#\\-]*$/u,
};
const unsafeInQuotes: Readonly<Record<EscapeToken, RegExp>> = { '\\': /["$\\]/gu, '`': /["$`]/gu };
/** Outside quotes, a byte order mark at the start of a word is dropped unless it is escaped. */
const unsafeOutside: Readonly<Record<EscapeToken, RegExp>> = {
  '\\': /["'$\\]|^\uFEFF/gu,
  '`': /["'$`]|^\uFEFF/gu,
};
const unsafeInBody = /[$\\]|^\uFEFF/gu;

/** A word in the given place. `what` names the value in messages: "ENV value", "COPY source". */
export function printWord(word: Word, position: WordPosition, context: PrintContext, what: string): string {
  if (typeof word === 'string') return printLiteral(word, position, context, what);
  if (word.kind === 'RawWord') return printRawWord(word, position, context, what);
  return printExpansion(word, position, context, what);
}

function printLiteral(text: string, position: WordPosition, context: PrintContext, what: string): string {
  const token = context.escape;
  if (bareWords[token].test(text)) return text;
  if (!isWritable(text, position, context, what)) return '';
  if (positions[position].remedy === 'quotes') return `"${escapeIn(text, unsafeInQuotes[token], token)}"`;
  return escapeIn(text, unsafeOutside[token], token);
}

/** Kept where it reads the same here, written anew where it doesn't. */
function printRawWord(word: RawWord, position: WordPosition, context: PrintContext, what: string): string {
  const token = context.escape;
  if (word.escape === token && bareWords[token].test(word.text)) return word.text;
  if (standsAsWritten(word, position, token)) return word.text;
  const simple = simplifyWord(word, { heredocBody: position === 'body' });
  if (typeof simple === 'string' || simple.kind !== 'RawWord') {
    return printWord(simple, position, context, what);
  }
  return refuse(
    context,
    `The ${what} ${quoteValue(word.text)} cannot be written there as it stands.`,
    'Write it as a plain string, or with the expand tag.',
  );
}

function printExpansion(
  word: Expansion,
  position: WordPosition,
  context: PrintContext,
  what: string,
): string {
  const token = context.escape;
  const rule: PositionRule = positions[position];
  const quotes = rule.remedy === 'quotes' && (rule.quotesVariables === true || !isBareExpansion(word, token));
  const unsafe = rule.keepsQuotes ? unsafeInBody : (quotes ? unsafeInQuotes : unsafeOutside)[token];
  let text = '';
  for (const part of word.parts) {
    if (typeof part !== 'string') text += printVariable(part, position, context, what);
    else if (isWritable(part, position, context, what)) text += escapeIn(part, unsafe, token);
  }
  return quotes ? `"${text}"` : text;
}

function isBareExpansion(word: Expansion, token: EscapeToken): boolean {
  return (
    word.parts.length > 0 &&
    word.parts.every((part, index) => {
      if (typeof part !== 'string') return part.operator === undefined;
      return (index === 0 ? bareWords : bareTail)[token].test(part);
    })
  );
}

function escapeIn(text: string, unsafe: RegExp, token: EscapeToken): string {
  return text.replace(unsafe, (character) => token + character);
}
