import type { Mount, MountType, RawMount } from '../ast/mount.ts';
import type { Word } from '../ast/word.ts';
import { textFlag, wordTextFlag } from './flags.ts';
import { originText } from './origin.ts';
import { type PrintContext, quoteValue, refuse } from './print-context.ts';
import { printWord } from './words.ts';

type MountField = Exclude<keyof Mount, 'type'>;

/** What BuildKit refuses for each type. */
const refusedFields: Readonly<Record<MountType, readonly MountField[]>> = {
  bind: ['sharing', 'size', 'mode', 'uid', 'gid', 'required', 'env'],
  cache: ['size', 'required', 'env'],
  tmpfs: ['sharing', 'mode', 'uid', 'gid', 'required', 'env'],
  secret: ['from', 'sharing', 'size'],
  ssh: ['source', 'sharing', 'size', 'env'],
};
const needsTarget: ReadonlySet<MountType> = new Set(['bind', 'cache', 'tmpfs']);

/** `--mount=type=…`: one record of comma-separated values, in which variables are expanded, except in `from`. */
export function printMount(mount: Mount | RawMount, context: PrintContext): string {
  if (mount.type === 'raw') return textFlag('mount', mount.text, context);
  checkFields(mount, context);
  const { from, readOnly, required } = mount;
  const fields = [
    `type=${mount.type}`,
    ...wordField('id', mount.id, context),
    ...(from === undefined ? [] : [csvField(`from=${originText(from, 'mount from', context)}`)]),
    ...wordField('source', mount.source, context),
    ...wordField('target', mount.target, context),
    ...(mount.sharing === undefined ? [] : [`sharing=${mount.sharing}`]),
    ...(readOnly === undefined ? [] : [readOnly ? 'readonly' : 'readwrite']),
    ...wordField('size', mount.size, context),
    ...wordField('mode', mount.mode, context),
    ...wordField('uid', mount.uid, context),
    ...wordField('gid', mount.gid, context),
    ...(required === undefined ? [] : [`required=${required}`]),
    ...wordField('env', mount.env, context),
  ];
  return wordTextFlag('mount', fields.join(','), context);
}

function wordField(name: MountField, word: Word | undefined, context: PrintContext): readonly string[] {
  return word === undefined ? [] : [csvField(`${name}=${printWord(word, 'flag', context, `mount ${name}`)}`)];
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
function csvField(field: string): string {
  return /[,"\r]/u.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function checkFields(mount: Mount, context: PrintContext): void {
  const { type, target, source, id, sharing } = mount;
  for (const field of refusedFields[type]) {
    if (mount[field] === undefined) continue;
    refuse(context, `A ${type} mount cannot have "${field}".`, 'Leave it out, or use another type of mount.');
  }
  if (target === undefined && needsTarget.has(type)) {
    refuse(
      context,
      `A ${type} mount has no target.`,
      'Say where in the container it appears, such as "/src".',
    );
  }
  if (typeof target === 'string' && isRoot(target)) {
    refuse(
      context,
      `${quoteValue(target)} cannot be the target of a mount.`,
      'Use a directory below the root.',
    );
  }
  if (type === 'secret' && [id, source, target].every((word) => word === undefined)) {
    refuse(context, 'A secret mount has no id.', 'Name the secret.');
  }
  if (id !== undefined && source !== undefined && type === 'secret') {
    refuse(context, 'A secret mount has an id and a source.', 'Leave out the source: it means the id.');
  }
  if (sharing !== undefined && !['shared', 'private', 'locked'].includes(sharing)) {
    refuse(
      context,
      `${quoteValue(sharing)} is not a way to share a cache.`,
      'Use shared, private or locked.',
    );
  }
}

function isRoot(path: string): boolean {
  const depth = path.split('/').reduce((level, name) => {
    if (name === '' || name === '.') return level;
    return name === '..' ? Math.max(0, level - 1) : level + 1;
  }, 0);
  return path === '' || (path.startsWith('/') && depth === 0);
}
