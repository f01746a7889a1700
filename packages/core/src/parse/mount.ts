import type { Mount, MountType, RawMount } from '../ast/mount.ts';
import type { NameOrigin } from '../ast/origin.ts';
import type { Word } from '../ast/word.ts';
import { freeze } from '../util/freeze.ts';
import { rawWord, type Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

type Field = Exclude<keyof Mount, 'type'>;

const common: readonly Field[] = ['target', 'source', 'id', 'readOnly'];
const owned: readonly Field[] = ['mode', 'uid', 'gid'];

/** What each type of mount may say; anything else is left to the evaluation, which reports it. */
const fieldsOf: Readonly<Record<MountType, readonly Field[]>> = {
  bind: ['target', 'source', 'from', 'readOnly'],
  cache: [...common, ...owned, 'from', 'sharing'],
  tmpfs: ['target', 'size', 'readOnly'],
  secret: [...common, ...owned, 'required', 'env'],
  ssh: ['target', 'id', 'readOnly', ...owned, 'required'],
};
const synonyms: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
  rw: 'readwrite',
};

/**
 * A `--mount`. One whose meaning depends on variables or that is wrong stays text: it is judged when the RUN is evaluated.
 * @see https://docs.docker.com/reference/dockerfile/#run---mount
 */
export function parseMount(text: string, statement: Statement): Mount | RawMount {
  const raw: RawMount = freeze({ type: 'raw', text });
  const fields = splitFields(text);
  if (fields === undefined) return raw;
  const pairs = fields.map((field) => /^([^=]*)(?:=(.*))?$/su.exec(field)?.slice(1) ?? []);
  if (pairs.some(([key, value]) => key?.toLowerCase() === 'from' && value?.includes('$'))) {
    syntaxError(
      'The "from" of a mount takes no variables.',
      'Start a stage from the image and name that stage.',
    );
  }
  const type = pairs[0]?.[0]?.toLowerCase() === 'type' ? mountType(pairs[0]?.[1]) : 'bind';
  if (type === undefined) return raw;
  const mount: Record<string, unknown> = { type };
  const rest = pairs[0]?.[0]?.toLowerCase() === 'type' ? pairs.slice(1) : pairs;
  for (const [written = '', value] of rest) {
    const read = readField(written, value, statement);
    if (read === undefined || read[0] in mount || !fieldsOf[type].includes(read[0])) return raw;
    mount[read[0]] = read[1];
  }
  return freeze(mount as unknown as Mount);
}

function mountType(text: string | undefined): MountType | undefined {
  const types: readonly MountType[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
  return types.find((type) => type === text?.toLowerCase());
}

function readField(
  written: string,
  value: string | undefined,
  statement: Statement,
): readonly [Field, Mount[Field]] | undefined {
  const lower = written.toLowerCase();
  const key = Object.hasOwn(synonyms, lower) ? synonyms[lower] : lower;
  if (key === 'readonly' || key === 'readwrite' || key === 'required') {
    const flag = value === undefined || value === 'true' ? true : value === 'false' ? false : undefined;
    if (flag === undefined) return undefined;
    return key === 'required' ? ['required', flag] : ['readOnly', key === 'readonly' ? flag : !flag];
  }
  if (value === undefined || value === '') return undefined;
  if (key === 'from') return ['from', freeze<NameOrigin>({ kind: 'name', name: value })];
  if (key === 'sharing') {
    return value === 'shared' || value === 'private' || value === 'locked' ? ['sharing', value] : undefined;
  }
  return isWordField(key) ? [key, wordOf(value, statement)] : undefined;
}

function isWordField(
  key: string | undefined,
): key is 'target' | 'source' | 'id' | 'size' | 'mode' | 'uid' | 'gid' | 'env' {
  return ['target', 'source', 'id', 'size', 'mode', 'uid', 'gid', 'env'].includes(key ?? '');
}

function wordOf(value: string, statement: Statement): Word {
  return rawWord(value, statement);
}

/** One record of comma-separated values; undefined where its quotes don't add up. */
function splitFields(text: string): readonly string[] | undefined {
  const fields: string[] = [];
  for (let position = 0; position <= text.length; ) {
    const [field, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/u.exec(text.slice(position)) ?? [];
    if (field === undefined) return undefined;
    fields.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    position += field.length + 1;
  }
  return fields;
}
