import { check, checkOptions, numberText, type Shape } from '../ast/check.ts';
import type { Mount } from '../ast/mount.ts';
import type { Word } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { freeze } from '../util/freeze.ts';
import { withCallSite } from './call-site-errors.ts';
import { type CopySource, toOrigin } from './references.ts';

/** A mount that a container path needs. */
interface OwnershipOptions {
  /** Octal file mode, such as `'0400'`. */
  readonly mode?: Word;
  readonly uid?: number | Word;
  readonly gid?: number | Word;
}

export interface BindMountOptions {
  /** Where it appears; relative paths are below the working directory. */
  readonly target: Word;
  /** Path in the origin. Default: its root. */
  readonly source?: Word;
  /** Default: true. Writes to a writable bind mount are thrown away after the RUN. */
  readonly readOnly?: boolean;
}

export interface CacheMountOptions extends OwnershipOptions {
  /** Which cache; mounts with the same id share it. Default: the target path. */
  readonly id?: Word;
  /** Default: `'shared'`. */
  readonly sharing?: 'shared' | 'private' | 'locked';
  /** What a new cache starts with. Default: empty. */
  readonly from?: CopySource;
  readonly source?: Word;
  readonly readOnly?: boolean;
}

export interface SecretMountOptions extends OwnershipOptions {
  /** Default: `/run/secrets/<id>`, or no file when `env` is given. */
  readonly target?: Word;
  /** The variable that receives the value. */
  readonly env?: Word;
  /** Fail the build when the secret isn't there. Default: true, unlike in a hand-written Dockerfile. */
  readonly required?: boolean;
}

export interface SshMountOptions extends OwnershipOptions {
  /** Which agent or key. Default: `'default'`. */
  readonly id?: Word;
  readonly target?: Word;
  /** Default: true. */
  readonly required?: boolean;
}

export interface TmpfsMountOptions {
  /** Bytes, or a size such as `'64m'`. */
  readonly size?: number | Word;
}

const ownershipShape: Shape<OwnershipOptions> = { mode: 'word', uid: 'id', gid: 'id' };

/** The options of each type. */
const shapes: {
  readonly bind: Shape<BindMountOptions>;
  readonly cache: Shape<CacheMountOptions>;
  readonly secret: Shape<SecretMountOptions>;
  readonly ssh: Shape<SshMountOptions>;
  readonly tmpfs: Shape<TmpfsMountOptions>;
} = {
  bind: { target: 'word', source: 'word', readOnly: 'flag' },
  cache: {
    ...ownershipShape,
    id: 'word',
    sharing: 'text',
    from: 'origin',
    source: 'word',
    readOnly: 'flag',
  },
  secret: { ...ownershipShape, target: 'word', env: 'word', required: 'flag' },
  ssh: { ...ownershipShape, id: 'word', target: 'word', required: 'flag' },
  tmpfs: { size: 'id' },
};

/**
 * Mounts for `.run(…, { mounts: […] })`.
 *
 * @see https://docs.docker.com/reference/dockerfile/#run---mount
 * @example
 * run('npm ci', { mounts: [mount.cache('/root/.npm'), mount.secret('npmrc', { target: '/root/.npmrc' })] })
 * // RUN --mount=type=cache,target=/root/.npm \
 * //     --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true \
 * //     npm ci
 */
export const mount: {
  /** Files of a stage, an image or a context, for the length of one RUN. */
  bind(origin: CopySource, options: BindMountOptions): Mount;
  /** A directory that survives between builds. */
  cache(target: Word, options?: CacheMountOptions): Mount;
  /** A secret as a file or a variable; it never reaches a layer. */
  secret(id: Word, options?: SecretMountOptions): Mount;
  /** The build client's SSH agent. */
  ssh(options?: SshMountOptions): Mount;
  /** Memory that is gone after the RUN. */
  tmpfs(target: Word, options?: TmpfsMountOptions): Mount;
} = freeze({
  bind(origin, options) {
    return made(() => {
      const { target } = checkOptions('mount.bind', options, shapes.bind);
      return { type: 'bind', from: toOrigin(origin), ...options, target: required('bind', target) };
    });
  },
  cache(target, options = {}) {
    return made(() => {
      const { from } = checkOptions('mount.cache', options, shapes.cache);
      return {
        type: 'cache',
        ...options,
        ...ownership(options),
        from: from === undefined ? undefined : toOrigin(from),
        target: required('cache', target),
      };
    });
  },
  secret(id, options = {}) {
    return made(() => {
      checkOptions('mount.secret', options, shapes.secret);
      check('The id of a secret mount', id, 'word');
      return { type: 'secret', id, ...options, ...ownership(options), required: options.required ?? true };
    });
  },
  ssh(options = {}) {
    return made(() => {
      checkOptions('mount.ssh', options, shapes.ssh);
      return { type: 'ssh', ...options, ...ownership(options), required: options.required ?? true };
    });
  },
  tmpfs(target, options = {}) {
    return made(() => {
      const { size } = checkOptions('mount.tmpfs', options, shapes.tmpfs);
      return { type: 'tmpfs', size: optional(size), target: required('tmpfs', target) };
    });
  },
});

function ownership({ uid, gid }: OwnershipOptions): {
  readonly uid: Word | undefined;
  readonly gid: Word | undefined;
} {
  return { uid: optional(uid), gid: optional(gid) };
}

function optional(value: number | Word | undefined): Word | undefined {
  return value === undefined ? undefined : numberText(value);
}

function required(type: string, target: Word | undefined): Word {
  if (target !== undefined && target !== '') return check(`The target of a ${type} mount`, target, 'word');
  throw new StagecraftError('invalid-value', `A ${type} mount has no target.`, {
    hint: 'Say where in the container it appears, such as "/src".',
  });
}

type Loose<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Drops the fields that were not given: absent and undefined must print and compare alike. */
function made(fieldsOf: () => Loose<Mount> & Pick<Mount, 'type'>): Mount {
  return withCallSite(() => {
    const fields = fieldsOf();
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    return freeze({ ...Object.fromEntries(given), type: fields.type });
  });
}
