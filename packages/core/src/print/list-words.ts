import type { VariableReference, Word } from '../ast/word.ts';

/** Whether a word can stand in a list, which BuildKit splits at white space whatever the quotes. */
export function isListed(word: Word): boolean {
  if (typeof word === 'string') return !/[\s\u0085]/u.test(word);
  if (word.kind === 'RawWord') return !/[\s\u0085]/u.test(word.text);
  return word.parts.every((part) => (typeof part === 'string' ? isListed(part) : isListedVariable(part)));
}

function isListedVariable({ operand = '', replacement = '' }: VariableReference): boolean {
  return isListed(operand) && isListed(replacement);
}
