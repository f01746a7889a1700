import { check, checkOptions } from '../ast/check.ts';
import type { ContextOrigin, ImageOrigin, Origin } from '../ast/origin.ts';
import type { Expansion } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { StageSource } from '../graph/stage-source.ts';
import { freeze } from '../util/freeze.ts';
import { withCallSite } from './call-site-errors.ts';
import { hasShell, type ShellCapability, type ShellOf } from './shell-capability.ts';

/** An external image, made by {@link image}. */
export interface ImageReference<C extends ShellCapability = ShellCapability> extends ImageOrigin {
  readonly shell: C;
}

/** A build context, made by {@link context}. */
export interface ContextReference extends ContextOrigin {}

/** What `copyFrom` and `mount.bind` can read from. */
export type CopySource = StageSource | ImageReference | ContextReference;

export interface ImageOptions<C extends ShellCapability = ShellCapability> {
  /** Whether the image has a shell. Default: what its name tells, and `'shell'` for an unknown name. */
  readonly shell?: C;
}

/**
 * An external image to start from or to copy out of.
 *
 * @example
 * final().from('debian:trixie-slim').copyFrom(image('nginx:1.30'), '/etc/nginx', '/etc/nginx');
 * // COPY --from=nginx:1.30 /etc/nginx /etc/nginx
 */
export function image<const R extends string, C extends ShellCapability = ShellOf<R>>(
  reference: R,
  options?: ImageOptions<C>,
): ImageReference<C>;
export function image(reference: Expansion, options?: ImageOptions): ImageReference<'shell'>;
export function image(reference: string | Expansion, options: ImageOptions = {}): ImageReference {
  return withCallSite(() => {
    const { shell } = checkOptions('image', options, { shell: ['shell', 'no-shell'] });
    if (check('An image reference', reference, 'word') === '') {
      throw new StagecraftError('invalid-value', 'An image reference is empty.', {
        hint: 'Name an image, such as "debian:trixie-slim".',
      });
    }
    const known = typeof reference !== 'string' || hasShell(reference);
    return freeze({ kind: 'image', image: reference, shell: shell ?? (known ? 'shell' : 'no-shell') });
  });
}

/**
 * A named build context, given to the build as `contexts: { name: … }`; without a name, the main one.
 *
 * @example
 * final().from('nginx:1.30').copyFrom(context('docs'), '/site', '/usr/share/nginx/html');
 * // COPY --from=docs /site /usr/share/nginx/html
 */
export function context(name = ''): ContextReference {
  return freeze({ kind: 'context', name: withCallSite(() => check('The name of a context', name, 'text')) });
}

/** The origin behind a reference; undefined for the main build context, which Dockerfiles leave unsaid. */
export function toOrigin(source: CopySource): Origin | undefined {
  if (typeof source === 'object' && source !== null) {
    if ('toNode' in source) return freeze({ kind: 'stage', stage: source.toNode() });
    if (source.kind === 'image') return freeze({ kind: 'image', image: source.image });
    if (source.kind === 'context')
      return source.name === '' ? undefined : freeze({ kind: 'context', name: source.name });
  }
  throw unknownReference(source);
}

function unknownReference(source: unknown): StagecraftError {
  return new StagecraftError('unknown-stage', `"${String(source)}" is not a stage, an image or a context.`, {
    hint: `Pass the stage object itself, image(…) for an external image, or context(…) for a named context.`,
  });
}
