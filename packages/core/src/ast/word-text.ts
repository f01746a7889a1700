import type { VariableReference, Word } from './word.ts';

/** A word as it is written, its variables as `${NAME}`. */
export function wordText(word: Word): string {
  if (typeof word === 'string') return word;
  if (word.kind === 'RawWord') return word.text;
  return word.parts.map((part) => (typeof part === 'string' ? part : variableText(part))).join('');
}

function variableText({ name, operator, operand, replacement }: VariableReference): string {
  const end = replacement === undefined ? '' : `/${wordText(replacement)}`;
  return `\${${name}${operator ?? ''}${operand === undefined ? '' : wordText(operand)}${end}}`;
}
