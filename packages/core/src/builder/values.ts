import { check, numberText } from '../ast/check.ts';
import type { KeyValue } from '../ast/env.ts';
import type { ArgDeclaration, VariableReference, Word } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';

/** The pairs of ENV or LABEL, from `('KEY', 'value')` or `({ KEY: 'value' })`. */
export function pairsOf(
  instruction: 'ENV' | 'LABEL',
  key: string | Readonly<Record<string, Word | number>>,
  value: Word | number | undefined,
): readonly KeyValue[] {
  const pairs =
    typeof key === 'string'
      ? [[key, value] as const]
      : Object.entries(check(`The pairs of ${instruction}`, key, 'record'));
  if (pairs.length === 0) {
    throw new StagecraftError('invalid-value', `${instruction} has no pairs.`, {
      hint: 'Name at least one key.',
    });
  }
  return pairs.map(([name, content]) => {
    if (content === undefined) {
      throw new StagecraftError('invalid-value', `${instruction} "${name}" has no value.`, {
        hint: 'Use an empty string for an empty value.',
      });
    }
    return [name, numberText(check(`${instruction} "${name}"`, content, 'value'))];
  });
}

/** What `.arg()` declares: an `arg()` object, or a name with an optional default. */
export function argDeclaration(
  argument: string | VariableReference,
  defaultValue: Word | undefined,
): ArgDeclaration {
  if (typeof argument === 'object' && argument?.kind === 'Variable')
    return argument.declaration ?? { name: argument.name };
  return {
    name: check('The name of ARG', argument as string, 'text'),
    ...(defaultValue === undefined ? {} : { default: check('The default of ARG', defaultValue, 'word') }),
  };
}

/** A port as EXPOSE writes it; throws for a number that is no port. */
export function toPort(port: Word | number): Word {
  if (typeof port !== 'number') return check('A port of EXPOSE', port, 'word');
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return String(port);
  throw new StagecraftError('invalid-value', `"${port}" is not a port.`, {
    hint: 'Use a whole number from 0 to 65535.',
  });
}
