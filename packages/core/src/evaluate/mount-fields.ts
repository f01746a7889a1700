import type { Mount, MountType } from '../ast/mount.ts';
import { suggest } from '../util/suggest.ts';
import { fail } from './fail.ts';

/** What a mount says once its variables have values. */
export interface MountFields {
  readonly type: MountType;
  readonly from?: string;
  readonly source?: string;
  readonly target?: string;
  /** Undefined: what the type has by default. */
  readonly readOnly?: boolean;
  readonly id?: string;
  readonly sharing?: NonNullable<Mount['sharing']>;
  /** Bytes. */
  readonly size?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly required?: boolean;
  readonly env?: string;
}

const mountTypes: readonly MountType[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const sharings: readonly NonNullable<Mount['sharing']>[] = ['shared', 'private', 'locked'];

export function parseMountType(text: string): MountType {
  return mountTypes.find((type) => type === text.toLowerCase()) ?? unknown('mount type', text, mountTypes);
}

export function parseSharing(text: string): NonNullable<Mount['sharing']> {
  return sharings.find((sharing) => sharing === text.toLowerCase()) ?? unknown('sharing', text, sharings);
}

/** `1`, `t`, `true` and so on, as Go reads them. */
export function parseBoolean(key: string, text: string): boolean {
  if (/^(?:1|t|T|true|TRUE|True)$/u.test(text)) return true;
  if (/^(?:0|f|F|false|FALSE|False)$/u.test(text)) return false;
  return invalid(key, text);
}

/** Bytes, or a size such as `10m`: units of 1024. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d*)?|\.\d+) ?(?:([kmgtp])(?:i?b)?|b)?$/iu.exec(text);
  if (match === null) return invalid('size', text);
  const exponent = 'kmgtp'.indexOf((match[2] ?? ' ').toLowerCase()) + 1;
  return Math.trunc(Number(match[1]) * 1024 ** exponent);
}

export function parseFileMode(text: string): number {
  if (!/^[0-7]+$/u.test(text) || Number.parseInt(text, 8) > 0xffff_ffff) return invalid('mode', text);
  return Number.parseInt(text, 8);
}

export function parseAccountId(key: 'uid' | 'gid', text: string): number {
  if (!/^\d+$/u.test(text) || Number(text) > 0xffff_ffff) return invalid(key, text);
  return Number(text);
}

const only: Readonly<Record<string, readonly MountType[]>> = {
  mode: ['cache', 'secret', 'ssh'],
  uid: ['cache', 'secret', 'ssh'],
  gid: ['cache', 'secret', 'ssh'],
  sharing: ['cache'],
  size: ['tmpfs'],
  required: ['secret', 'ssh'],
};

/** Refuses a field the type does not have. */
export function requireType(key: string, type: MountType): void {
  if (only[key]?.includes(type) ?? true) return;
  fail(`A ${type} mount has no "${key}".`, `Only ${only[key]?.join(', ')} mounts have it.`);
}

/** Refuses combinations that mean nothing. */
export function checkMount(mount: MountFields): MountFields {
  for (const key of ['mode', 'uid', 'gid', 'sharing', 'size', 'required'] as const) {
    if (mount[key] !== undefined) requireType(key, mount.type);
  }
  if (mount.type !== 'secret') return mount;
  if (mount.from) fail('A secret mount has no "from".');
  if (!mount.source && !mount.target && !mount.id) {
    fail('A secret mount names no secret.', 'Give an "id", a "source" or a "target".');
  }
  if (mount.source && mount.id)
    fail('A secret mount has a "source" and an "id".', 'They mean the same: keep one.');
  return mount;
}

function unknown(what: string, text: string, known: readonly string[]): never {
  const match = suggest(text, known);
  const hint = match === undefined ? `Known are ${known.join(', ')}.` : `Did you mean "${match}"?`;
  return fail(`"${text}" is no ${what}.`, hint);
}

function invalid(key: string, text: string): never {
  return fail(`"${text}" is not valid for the "${key}" of a mount.`);
}
