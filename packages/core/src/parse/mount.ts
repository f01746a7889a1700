import type { Mount, MountType, RawMount } from '../ast/mount.ts';
import { type MountOption, readMountText } from '../ast/mount-text.ts';
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
/**
 * A `--mount`. One whose meaning depends on variables or that is wrong stays text: it is judged when the RUN is evaluated.
 * @see https://docs.docker.com/reference/dockerfile/#run---mount
 */
export function parseMount(text: string, statement: Statement): Mount | RawMount {
  const raw: RawMount = freeze({ type: 'raw', text });
  const options = readMountText(text);
  if (options === undefined) return raw;
  if (options.some(({ name, value }) => name === 'from' && value?.includes('$'))) {
    syntaxError(
      'The "from" of a mount takes no variables.',
      'Start a stage from the image and name that stage.',
    );
  }
  const [first, ...others] = options;
  const isTyped = first?.name === 'type';
  const type = isTyped ? mountType(first.value) : 'bind';
  if (type === undefined) return raw;
  const mount: Record<string, unknown> = { type };
  for (const option of isTyped ? others : options) {
    const read = readField(option, statement);
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
  { name: key, value }: MountOption,
  statement: Statement,
): readonly [Field, Mount[Field]] | undefined {
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
