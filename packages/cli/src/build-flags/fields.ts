import { StagecraftError } from '@stagecraft/core';

/** What a flag such as `--secret` was given: a bare word, and fields by name. */
export interface Fields {
  readonly bare?: string;
  readonly values: ReadonlyMap<string, string>;
}

/** How a flag is written, for the error when it is written otherwise. */
export interface FlagSyntax {
  /** Such as `secret`. */
  readonly flag: string;
  /** An example of right use. */
  readonly usage: string;
  readonly names: readonly string[];
}

/**
 * Reads `type=local,dest=out`, or a bare word where no field is named. A field in double quotes may hold commas.
 *
 * Throws `invalid-options` for a field the flag does not have.
 */
export function readFields(text: string, syntax: FlagSyntax): Fields {
  const fields = splitFields(text);
  const [first = ''] = fields;
  if (fields.length === 1 && !/^[a-z-]+=/u.test(first)) return { bare: first, values: new Map() };
  const values = new Map<string, string>();
  for (const field of fields) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/su.exec(field) ?? [];
    if (!field.includes('=') || !syntax.names.includes(name)) throw badFlag(text, syntax, name);
    values.set(name, value);
  }
  return { values };
}

/** The field, or the error that it is missing. */
export function needField({ values }: Fields, name: string, text: string, syntax: FlagSyntax): string {
  const value = values.get(name);
  if (value !== undefined && value !== '') return value;
  throw new StagecraftError('invalid-options', `--${syntax.flag} "${text}" has no "${name}".`, {
    hint: `Write ${syntax.usage}.`,
  });
}

/** `true` and `1` are yes, and so is a name without a value; undefined when the field is absent. */
export function isYes({ values }: Fields, name: string): boolean | undefined {
  const value = values.get(name);
  return value === undefined ? undefined : ['', '1', 'true'].includes(value);
}

export function badFlag(text: string, { flag, usage, names }: FlagSyntax, name?: string): StagecraftError {
  const what =
    name === undefined || name === '' || names.includes(name)
      ? 'is not understood'
      : `has an unknown field "${name}"`;
  return new StagecraftError('invalid-options', `--${flag} "${text}" ${what}.`, {
    hint: `Write ${usage}.`,
  });
}

/** Comma-separated values as RFC 4180 has them, which is what buildx reads. */
function splitFields(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  );
}
