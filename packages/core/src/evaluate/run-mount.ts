import type { Mount, RawMount } from '../ast/mount.ts';
import { createRawWord } from '../ast/word.ts';
import type { EvaluatedMount, MountedSecret } from './evaluation.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';
import type { MountFields } from './mount-fields.ts';
import { basename, cleanPath, joinPath, toSlash } from './paths.ts';
import { readMount } from './raw-mount.ts';
import { osOf, type StageState } from './stage-state.ts';
import { expandMount } from './typed-mount.ts';

/** What the mounts of a RUN add to its process. */
export interface RunMounts {
  readonly mounts: readonly EvaluatedMount[];
  readonly secretEnv: readonly { readonly id: string; readonly name: string; readonly optional?: true }[];
  /** Paths of the agent sockets. */
  readonly sshSockets: readonly string[];
  /** The file systems that are mounted. */
  readonly inputs: readonly unknown[];
}

const none: RunMounts = { mounts: [], secretEnv: [], sshSockets: [], inputs: [] };

export function evaluateMounts(
  mounts: readonly (Mount | RawMount)[],
  context: InstructionContext,
): RunMounts {
  // BuildKit reads all mounts of a RUN before it uses the first.
  const read = mounts.map((mount) => readFields(mount, context));
  let result = none;
  for (const [index, fields] of read.entries()) {
    const added = addMount(fields, context.command.sources[index], context, result.sshSockets.length);
    result = {
      mounts: [...result.mounts, ...(added.mounts ?? [])],
      secretEnv: [...result.secretEnv, ...(added.secretEnv ?? [])],
      sshSockets: [...result.sshSockets, ...(added.sshSockets ?? [])],
      inputs: [...result.inputs, ...(added.inputs ?? [])],
    };
  }
  return result;
}

function readFields(mount: Mount | RawMount, { expand, evaluation }: InstructionContext): MountFields {
  if (mount.type !== 'raw') return expandMount(mount, expand);
  return readMount(mount.text, (value) => expand(createRawWord(value, evaluation.escape)));
}

function addMount(
  fields: MountFields,
  source: StageState | undefined,
  context: InstructionContext,
  sockets: number,
): Partial<RunMounts> {
  if (fields.type === 'secret') return addSecret(fields);
  if (fields.type === 'ssh') return addSsh(fields, sockets);
  if (source !== undefined && !source.dispatched) {
    fail(`The stage "${fields.from}" is mounted before it is defined.`, 'Move the stage further up.');
  }
  const mount = fileSystemMount(fields, context);
  const isContext = fields.type === 'bind' && source === undefined;
  return { mounts: [mount], inputs: [source?.vertex ?? (isContext ? 'context' : 'scratch'), fields] };
}

function fileSystemMount(fields: MountFields, context: InstructionContext): EvaluatedMount {
  const { type, size = 0 } = fields;
  const target = mountTarget(fields.target ?? '', context);
  const source = joinPath('/', fields.source ?? '');
  const ownsCache = fields.uid !== undefined || fields.gid !== undefined || fields.mode !== undefined;
  const below = source === '/' && ownsCache ? '/cache' : source;
  return {
    type: type === 'cache' || type === 'tmpfs' ? type : 'bind',
    target,
    ...(below === '/' || type === 'tmpfs' ? {} : { source: below }),
    ...((fields.readOnly ?? type === 'bind') ? { readonly: true } : {}),
    ...(type === 'cache' ? { cache: cacheOf(fields, context) } : {}),
    ...(type === 'tmpfs' ? { size } : {}),
  };
}

function cacheOf(fields: MountFields, context: InstructionContext): NonNullable<EvaluatedMount['cache']> {
  const { BUILDKIT_CACHE_MOUNT_NS: namespace = '' } = context.evaluation.options.buildArgs ?? {};
  const id = fields.id || cleanPath(fields.target ?? '');
  return { id: `${namespace}/${id}`, sharing: fields.sharing ?? 'shared' };
}

function mountTarget(target: string, { state }: InstructionContext): string {
  const path = toSlash(target, osOf(state)).replace(/^[cC]:(?=\/)/u, (drive) =>
    osOf(state) === 'windows' ? '' : drive,
  );
  const resolved = path.startsWith('/') ? path : joinPath('/', state.workdir, path);
  if (cleanPath(resolved) === '/')
    fail(`The mount target "${target}" is the root directory.`, 'Name a directory below it.');
  return resolved;
}

function addSecret(fields: MountFields): Partial<RunMounts> {
  const { target = '', env } = fields;
  const id = fields.source || fields.id || basename(target);
  const optional = fields.required === true ? {} : ({ optional: true } as const);
  const path = target || (env === undefined ? `/run/secrets/${basename(id)}` : '');
  return {
    secretEnv: env === undefined ? [] : [{ id, name: env || id, ...optional }],
    mounts: path === '' ? [] : [{ type: 'secret', target: path, secret: secretOf(fields, id, 0o400) }],
  };
}

function addSsh(fields: MountFields, sockets: number): Partial<RunMounts> {
  const target = fields.target || `/run/buildkit/ssh_agent.${sockets}`;
  return {
    mounts: [{ type: 'ssh', target, ssh: secretOf(fields, fields.id ?? '', 0o600) }],
    sshSockets: [target],
  };
}

function secretOf(fields: MountFields, id: string, mode: number): MountedSecret {
  return {
    id,
    uid: fields.uid ?? 0,
    gid: fields.gid ?? 0,
    mode: fields.mode ?? mode,
    ...(fields.required === true ? {} : { optional: true }),
  };
}
