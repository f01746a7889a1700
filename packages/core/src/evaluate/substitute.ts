import { compilePattern, matchPrefix, type Pattern, reversePattern } from './pattern.ts';
import { replaceAll, replaceFirst } from './replace.ts';

/** One `${NAME…}` whose inner words have their values. */
export interface Substitution {
  readonly name: string;
  readonly operator: string;
  /** The variable's value; undefined when it is not set. */
  readonly value: string | undefined;
  readonly operand: string;
  readonly replacement: string;
}

type Operator = (substitution: Substitution) => string;

/**
 * What each `${NAME…}` form gives; throws the reason as an `Error`.
 * @see https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
const operators: Readonly<Record<string, Operator>> = {
  '-': ({ value, operand }) => value ?? operand,
  ':-': ({ value, operand }) => value || operand,
  '+': ({ value, operand }) => (value === undefined ? '' : operand),
  ':+': ({ value, operand }) => (value ? operand : ''),
  '?': ({ name, value, operand }) => value ?? fail(name, operand || 'is not allowed to be unset'),
  ':?': ({ name, value, operand }) =>
    value || fail(name, operand || `is not allowed to be ${value === undefined ? 'unset' : 'empty'}`),
  '#': ({ value = '', operand }) =>
    operand.startsWith('#')
      ? trimStart(value, operand.slice(1), 'longest')
      : trimStart(value, operand, 'shortest'),
  '##': ({ value = '', operand }) => trimStart(value, operand, 'longest'),
  '%': ({ value = '', operand }) =>
    operand.startsWith('%')
      ? trimEnd(value, operand.slice(1), 'longest')
      : trimEnd(value, operand, 'shortest'),
  '%%': ({ value = '', operand }) => trimEnd(value, operand, 'longest'),
  '/': ({ value = '', operand, replacement }) => replaceFirst([...value], compile([...operand]), replacement),
  '//': ({ value = '', operand, replacement }) => replaceAll([...value], compile([...operand]), replacement),
};

/** The text a substitution leaves. */
export function substitute(substitution: Substitution): string {
  const operator = Object.hasOwn(operators, substitution.operator)
    ? operators[substitution.operator]
    : undefined;
  if (operator === undefined)
    throw new Error(`unsupported modifier (${substitution.operator}) in substitution`);
  return operator(substitution);
}

function fail(name: string, reason: string): never {
  throw new Error(`${name}: ${reason}`);
}

function trimStart(value: string, pattern: string, prefer: 'shortest' | 'longest'): string {
  return trim([...value], [...pattern], prefer).join('');
}

/** A shortest match at the end is a shortest match at the start of the reversed text. */
function trimEnd(value: string, pattern: string, prefer: 'shortest' | 'longest'): string {
  return trim([...value].reverse(), reversePattern([...pattern]), prefer)
    .reverse()
    .join('');
}

function trim(
  value: readonly string[],
  pattern: readonly string[],
  prefer: 'shortest' | 'longest',
): string[] {
  return value.slice(matchPrefix(compile(pattern), value, prefer) ?? 0);
}

function compile(characters: readonly string[]): Pattern {
  try {
    return compilePattern(characters);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`invalid pattern (${characters.join('')}) in substitution: ${reason}`);
  }
}
