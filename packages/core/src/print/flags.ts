import type { EscapeToken, Word } from '../ast/word.ts';
import { isWritable } from './positions.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

/** Printable ASCII without white space, quotes and the escape token. */
const bareFlags: Readonly<Record<EscapeToken, RegExp>> = {
  '\\': /^(?:(?!["'\\])[!-~])+$/u,
  '`': /^(?:(?!["'`])[!-~])+$/u,
};
const unsafeInFlag: Readonly<Record<EscapeToken, RegExp>> = { '\\': /["\\]/gu, '`': /["`]/gu };

/** `--name=value` for a value that is taken literally. */
export function textFlag(name: string, value: string, context: PrintContext): string {
  if (value === '') {
    return refuse(context, `The flag "--${name}" has no value.`, 'Leave the option out, or give it a value.');
  }
  if (!isWritable(value, 'flag', context, `--${name} value`)) return '';
  return `--${name}=${quoteFlag(value, context.escape)}`;
}

/** `--name=value` for a value in which variables are expanded. */
export function wordFlag(name: string, word: Word, context: PrintContext): string {
  if (word === '') return textFlag(name, '', context);
  return wordTextFlag(name, printWord(word, 'flag', context, `--${name} value`), context);
}

/** `--name=value` for a value that was made of words. */
export function wordTextFlag(name: string, text: string, context: PrintContext): string {
  return `--${name}=${quoteFlag(text, context.escape)}`;
}

/** `--name=value` for a value of a few known forms. */
export function checkedFlag(
  name: string,
  value: string,
  form: RegExp,
  hint: string,
  context: PrintContext,
): string {
  if (form.test(value)) return `--${name}=${value}`;
  return refuse(context, `${quoteValue(value)} is not a value of "--${name}".`, hint);
}

function quoteFlag(text: string, token: EscapeToken): string {
  if (bareFlags[token].test(text)) return text;
  return `"${text.replace(unsafeInFlag[token], (character) => token + character)}"`;
}
