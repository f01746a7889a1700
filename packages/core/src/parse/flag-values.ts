import { didYouMean } from '../util/suggest.ts';
import type { Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** What a flag takes. */
export type FlagType = 'boolean' | 'text' | 'list';

/** The values of an instruction's flags. */
export interface FlagValues {
  boolean(name: string): boolean | undefined;
  /** Undefined also for an empty value. */
  text(name: string): string | undefined;
  list(name: string): readonly string[];
}

const noValues: FlagValues = { boolean: () => undefined, text: () => undefined, list: () => [] };

/** Checks the flags of an instruction against those it has. */
export function readFlagValues(
  { flags, name }: Statement,
  known: Readonly<Record<string, FlagType>> = {},
): FlagValues {
  if (flags.length === 0) return noValues;
  const values = new Map<string, string[]>();
  for (const flag of flags) {
    const equals = flag.indexOf('=');
    const key = flag.slice('--'.length, equals < 0 ? flag.length : equals);
    const value = equals < 0 ? undefined : flag.slice(equals + 1);
    const type = Object.hasOwn(known, key) ? known[key] : undefined;
    if (type === undefined) {
      syntaxError(
        `${name} has no flag "--${key}".`,
        didYouMean(key, Object.keys(known)) ?? knownFlags(name, known),
      );
    }
    const given = values.get(key);
    if (given === undefined) values.set(key, [checkValue(key, value, type)]);
    else if (type === 'list') given.push(checkValue(key, value, type));
    else syntaxError(`The flag "--${key}" is given twice.`, 'Keep one of them.');
  }
  return {
    boolean: (key) => (values.has(key) ? values.get(key)?.[0] === 'true' : undefined),
    text: (key) => values.get(key)?.[0] || undefined,
    list: (key) => values.get(key) ?? [],
  };
}

function checkValue(key: string, value: string | undefined, type: FlagType): string {
  if (type !== 'boolean') {
    return value ?? syntaxError(`The flag "--${key}" has no value.`, `Write --${key}=value.`);
  }
  const normalised = (value ?? 'true').toLowerCase();
  if (normalised === 'true' || normalised === 'false') return normalised;
  return syntaxError(`"${value}" is not valid for the flag "--${key}".`, 'Use true or false.');
}

function knownFlags(name: string, known: Readonly<Record<string, FlagType>>): string {
  const flags = Object.keys(known).map((key) => `--${key}`);
  if (flags.length > 0) return `${name} has ${flags.join(', ')}.`;
  return `${name} has no flags; write "--" before arguments that start with "--".`;
}
