import { check } from '../ast/check.ts';
import {
  createExpansion,
  type Expansion,
  type VariableOperator,
  type VariableReference,
  type Word,
} from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { freeze } from '../util/freeze.ts';
import { withCallSite } from './call-site-errors.ts';

/** What a template tag takes between `${` and `}`. */
export type Interpolation = string | number | VariableReference | Expansion;

/**
 * Declares a build argument. Use it in `expand`; the printer declares it wherever it is read.
 *
 * A platform argument such as `TARGETARCH` takes no default.
 * @see https://docs.docker.com/reference/dockerfile/#arg
 * @example
 * const version = arg('GO_VERSION', '1.26');
 * stage('builder').from(expand`golang:${version}`);
 * // ARG GO_VERSION=1.26
 * // FROM golang:${GO_VERSION} AS builder
 */
export function arg(name: string, defaultValue?: Word): VariableReference {
  const declaration = withCallSite(
    () =>
      ({
        name: checkName(name),
        global: true,
        ...(defaultValue === undefined ? {} : { default: check('The default of ARG', defaultValue, 'word') }),
      }) as const,
  );
  return freeze({ kind: 'Variable', name, declaration: freeze(declaration) });
}

/**
 * A variable that exists without being declared here, such as `PATH` or one set by the base image.
 *
 * @example
 * expand`${variable('LEVEL', ':-', 'info')}` // ${LEVEL:-info}
 * @see https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function variable(
  name: string,
  operator?: VariableOperator,
  operand: Word = '',
  replacement?: Word,
): VariableReference {
  return freeze({
    kind: 'Variable',
    name: checkName(name),
    ...(operator === undefined ? {} : { operator, operand }),
    ...(replacement === undefined ? {} : { replacement }),
  });
}

/**
 * Text with variables in it. Everything outside `${…}` is literal.
 *
 * @example
 * stage('builder').from('golang:1.26').env('PATH', expand`/go/bin:${variable('PATH')}`);
 * // ENV PATH="/go/bin:${PATH}"
 */
export function expand(texts: TemplateStringsArray, ...values: readonly Interpolation[]): Expansion {
  const parts = withCallSite(() => interleave(texts, values, partsOf));
  const word = createExpansion(parts);
  return typeof word === 'string'
    ? freeze({ kind: 'Expansion', parts: freeze(word === '' ? [] : [word]) })
    : word;
}

type Parts = readonly (string | VariableReference)[];

/** The texts of a template with what its values come to between them. */
export function interleave<T>(
  texts: readonly string[],
  values: readonly T[],
  toParts: (value: T) => Parts,
): Parts {
  return texts.flatMap((text, index) => (index === 0 ? [text] : [...toParts(values[index - 1] as T), text]));
}

/** The texts and variables of one interpolated value. */
export function partsOf(value: Interpolation): Parts {
  if (typeof value === 'object' && value?.kind === 'Variable') return [value];
  check('A value in a template', value, 'value');
  return typeof value === 'object' ? value.parts : [String(value)];
}

function checkName(name: string): string {
  if (typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name)) return name;
  throw new StagecraftError('invalid-value', `"${String(name)}" is not a variable name.`, {
    hint: 'Use letters, digits and underscores, and start with a letter or an underscore.',
  });
}
