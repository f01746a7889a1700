import type { Mount } from '../ast/mount.ts';
import type { Word } from '../ast/word.ts';
import { checkMount, type MountFields, parseAccountId, parseFileMode, parseSize } from './mount-fields.ts';
import { originName } from './origin-name.ts';

/** A mount of the syntax tree with its words expanded. */
export function expandMount(mount: Mount, expand: (word: Word) => string): MountFields {
  const { type, from, source, target, readOnly, id, sharing, size, mode, uid, gid, required, env } = mount;
  return checkMount({
    type,
    ...(from === undefined ? {} : { from: originName(from) }),
    ...(source === undefined ? {} : { source: expand(source) }),
    ...(target === undefined ? {} : { target: expand(target) }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(id === undefined ? {} : { id: expand(id) }),
    ...(sharing === undefined ? {} : { sharing }),
    ...(size === undefined ? {} : { size: parseSize(expand(size)) }),
    ...(mode === undefined ? {} : { mode: parseFileMode(expand(mode)) }),
    ...(uid === undefined ? {} : { uid: parseAccountId('uid', expand(uid)) }),
    ...(gid === undefined ? {} : { gid: parseAccountId('gid', expand(gid)) }),
    ...(required === undefined ? {} : { required }),
    ...(env === undefined ? {} : { env: expand(env) }),
  });
}
