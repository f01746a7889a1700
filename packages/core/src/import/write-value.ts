import type { VariableReference, Word } from '../ast/word.ts';
import type { Names } from './names.ts';

/** A JavaScript string in single quotes. */
export function writeString(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

/** A word as TypeScript: a string, or the `expand` tag. */
export function writeWord(word: Word, names: Names): string {
  if (typeof word === 'string') return writeString(word);
  if (word.kind === 'RawWord')
    return `{ kind: 'RawWord', text: ${writeString(word.text)}, escape: ${writeString(word.escape)} }`;
  names.use('expand');
  const parts = word.parts.map((part) =>
    typeof part === 'string' ? templateText(part) : `\${${writeVariable(part, names)}}`,
  );
  return `expand\`${parts.join('')}\``;
}

function writeVariable(variable: VariableReference, names: Names): string {
  const { name, operator, operand, replacement, declaration } = variable;
  if (declaration !== undefined && operator === undefined) return names.argument(declaration);
  names.use('variable');
  const rest = [operator === undefined ? undefined : writeString(operator), operand, replacement]
    .filter((value) => value !== undefined)
    .map((value, index) => (index === 0 && typeof value === 'string' ? value : writeWord(value, names)));
  return `variable(${[writeString(name), ...rest].join(', ')})`;
}

function templateText(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${');
}

/** An options object; empty when nothing is given. */
export function writeOptions(options: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `{ ${given.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}

/** The arguments of a call; empty ones are left out. */
export function writeCall(method: string, ...args: readonly string[]): string {
  return `.${method}(${args.filter((argument) => argument !== '').join(', ')})`;
}
