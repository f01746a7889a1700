import { mountSynonyms, readMountText } from '../ast/mount-text.ts';
import { didYouMean } from '../util/suggest.ts';
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

const bare: ReadonlySet<string> = new Set(['readonly', 'readwrite', 'required']);

/**
 * Reads the text of a `--mount`, `expand` giving the value of each field.
 * @see https://docs.docker.com/reference/dockerfile/#run---mount
 */
export function readMount(text: string, expand: (value: string) => string): MountFields {
  if (text === '') fail('A --mount is empty.', 'Write it as "type=cache,target=/path".');
  const options = readMountText(text);
  if (options === undefined) {
    fail(`The quotes of the --mount "${text}" don't add up.`, 'Quote a whole field, or none of it.');
  }
  let fields: MountFields = { type: 'bind' };
  for (const { name, written, value } of options) {
    if (value === undefined && !bare.has(name)) {
      fail(`The mount option "${written}" has no value.`, 'Write it as "key=value".');
    }
    const given = value === undefined ? 'true' : expand(value);
    const setter = Object.hasOwn(setters, name) ? setters[name] : undefined;
    if (setter === undefined) {
      fail(`"${written}" is no mount option.`, didYouMean(name, [...Object.keys(setters), ...mountSynonyms]));
    }
    fields = { ...fields, ...setter(given, fields) };
  }
  return checkMount(fields);
}
