import { check, checkOptions } from '../ast/check.ts';
import { createFrom } from '../ast/from.ts';
import type { Origin } from '../ast/origin.ts';
import type { Expansion } from '../ast/word.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { rememberCallSite } from '../source/call-site.ts';
import { freeze } from '../util/freeze.ts';
import { withCallSite } from './call-site-errors.ts';
import {
  type DistrolessName,
  type DistrolessOptions,
  type DistrolessShell,
  distrolessImage,
} from './distroless.ts';
import { type FromOptions, fromShape } from './options.ts';
import { type ContextReference, type ImageReference, image, toOrigin } from './references.ts';
import type { ShellCapability, ShellOf } from './shell-capability.ts';
import { Stage } from './stage.ts';

/** A stage that has no base yet. */
export interface StageStart {
  /**
   * Starts from an image, another stage, or a named context. `scratch` is the empty image.
   * @see https://docs.docker.com/reference/dockerfile/#from
   */
  from<C extends ShellCapability>(base: Stage<C> | ImageReference<C>, options?: FromOptions): Stage<C>;
  from<const R extends string>(base: R, options?: FromOptions): Stage<ShellOf<R>>;
  from(base: Expansion | ContextReference, options?: FromOptions): Stage<'shell'>;
  /**
   * Starts from a distroless image: no shell, no package manager, user 65532.
   * @see https://github.com/GoogleContainerTools/distroless
   * @example
   * final().distroless('static')
   * // FROM gcr.io/distroless/static-debian13:nonroot
   */
  distroless<Debug extends boolean = false>(
    name: DistrolessName | (string & {}),
    options?: DistrolessOptions<Debug> & FromOptions,
  ): Stage<DistrolessShell<Debug>>;
}

type Base = Stage | ImageReference | ContextReference | Expansion | string;

/**
 * Begins a named stage.
 *
 * Names are lower case letters, digits, `-`, `_` and `.`; they start with a letter. Throws `invalid-value` otherwise and
 * `reserved-stage` for `scratch` and `context`.
 * @example
 * const builder = stage('builder').from('golang:1.26-trixie').workdir('/src');
 * // FROM golang:1.26-trixie AS builder
 * // WORKDIR /src
 */
export function stage(name: string): StageStart {
  return startOf(withCallSite(() => checkStageName(name)));
}

/**
 * Begins the stage that is built: unnamed unless another stage has to refer to it.
 * @example
 * final().distroless('static').copyFrom(builder, '/out/app', '/app').entrypoint(['/app'])
 */
export function final(name?: string): StageStart {
  return startOf(name === undefined ? undefined : withCallSite(() => checkStageName(name)));
}

function startOf(name: string | undefined): StageStart {
  const from = (base: Base, options: FromOptions = {}): Stage => {
    const node = withCallSite(() => {
      const { platform } = checkOptions('from', options, fromShape);
      return createFrom({
        base: baseOrigin(base),
        ...(platform === undefined ? {} : { platform }),
        ...(name === undefined ? {} : { name }),
      });
    });
    return new Stage({
      from: rememberCallSite(node),
      shell: baseHasShell(base),
      last: undefined,
      comments: [],
    });
  };
  const start = {
    from,
    distroless: (image: string, options: DistrolessOptions & FromOptions = {}) => {
      const base = withCallSite(() => distrolessImage(image, options));
      return from(base, options.platform === undefined ? {} : { platform: options.platform });
    },
  };
  return freeze(start) as unknown as StageStart;
}

function baseOrigin(base: Base): Origin {
  const origin = toOrigin(isImageText(base) ? toImage(base) : base);
  if (origin !== undefined) return origin;
  throw new StagecraftError('invalid-value', "A stage can't start from the main build context.", {
    hint: 'Start from an image, another stage, or a named context: context("name").',
  });
}

/** A stage without a shell passes that on to the stages that start from it. */
function baseHasShell(base: Base): boolean {
  if (isImageText(base)) return toImage(base).shell === 'shell';
  if ('hasShell' in base) return base.hasShell;
  return base.kind === 'context' || base.shell === 'shell';
}

function isImageText(base: Base): base is string | Expansion {
  return (
    typeof base === 'string' ||
    (typeof base === 'object' && base !== null && 'kind' in base && base.kind === 'Expansion')
  );
}

function toImage(base: string | Expansion): ImageReference {
  return typeof base === 'string' ? image(base) : image(base);
}

function checkStageName(name: string): string {
  check('A stage name', name, 'text');
  if (name === 'scratch' || name === 'context') {
    throw new StagecraftError('reserved-stage', `"${name}" is a reserved stage name.`, {
      hint: 'Choose another name.',
    });
  }
  if (/^[a-z][a-z0-9-_.]*$/u.test(name)) return name;
  throw new StagecraftError('invalid-value', `"${name}" is not a stage name.`, {
    hint: `Use lower-case letters, digits, "-", "_" and ".", and start with a letter${suggestion(name)}.`,
  });
}

function suggestion(name: string): string {
  const candidate = name
    .toLowerCase()
    .replace(/[^a-z0-9-_.]+/gu, '-')
    .replace(/^[^a-z]+/u, '');
  return candidate === '' ? '' : `, for example "${candidate}"`;
}
