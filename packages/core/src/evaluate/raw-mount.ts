import { didYouMean } from '../util/suggest.ts';
import { parseCsvRecord } from './csv-record.ts';
import { fail } from './fail.ts';
import {
  checkMount,
  type MountFields,
  parseAccountId,
  parseBoolean,
  parseFileMode,
  parseMountType,
  parseSharing,
  parseSize,
  requireType,
} from './mount-fields.ts';

type Setter = (value: string, fields: MountFields) => Partial<MountFields>;

const setters: Readonly<Record<string, Setter>> = {
  type: (value) => ({ type: parseMountType(value) }),
  from: (value) => ({ from: value }),
  source: (value) => ({ source: value }),
  target: (value) => ({ target: value }),
  readonly: (value) => ({ readOnly: parseBoolean('readonly', value) }),
  readwrite: (value) => ({ readOnly: !parseBoolean('readwrite', value) }),
  id: (value) => ({ id: value }),
  sharing: (value) => ({ sharing: parseSharing(value) }),
  // These two look at the type that was read so far.
  size: (value, { type }) => {
    requireType('size', type);
    return { size: parseSize(value) };
  },
  required: (value, { type }) => {
    requireType('required', type);
    return { required: parseBoolean('required', value) };
  },
  mode: (value) => ({ mode: parseFileMode(value) }),
  uid: (value) => ({ uid: parseAccountId('uid', value) }),
  gid: (value) => ({ gid: parseAccountId('gid', value) }),
  env: (value) => ({ env: value }),
};

const synonyms: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
  ['rw', 'readwrite'],
]);
const bare: ReadonlySet<string> = new Set(['readonly', 'readwrite', 'required']);

/**
 * Reads the text of a `--mount`, `expand` giving the value of each field.
 * @see https://docs.docker.com/reference/dockerfile/#run---mount
 */
export function readMount(text: string, expand: (value: string) => string): MountFields {
  let fields: MountFields = { type: 'bind' };
  for (const field of parseCsvRecord(text)) {
    const [, written = '', value] = /^([^=]*)(?:=(.*))?$/su.exec(field) ?? [];
    const key = synonyms.get(written.toLowerCase()) ?? written.toLowerCase();
    if (value === undefined && !bare.has(key)) {
      fail(`The mount option "${field}" has no value.`, 'Write it as "key=value".');
    }
    const given = value === undefined ? 'true' : expand(value);
    const setter = Object.hasOwn(setters, key) ? setters[key] : undefined;
    if (setter === undefined) {
      fail(
        `"${written}" is no mount option.`,
        didYouMean(key, [...Object.keys(setters), ...synonyms.keys()]),
      );
    }
    fields = { ...fields, ...setter(given, fields) };
  }
  return checkMount(fields);
}

/** The `from` of a mount before anything is evaluated: it takes no variables. */
export function fromOfMount(text: string): string {
  try {
    const fields = parseCsvRecord(text).map((field) => /^from=(.*)$/isu.exec(field)?.[1]);
    return fields.findLast((value) => value !== undefined) ?? '';
  } catch {
    // A mount that can't be read is reported when the RUN is evaluated.
    return '';
  }
}
