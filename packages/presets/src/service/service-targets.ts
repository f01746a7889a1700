import {
  type Expansion,
  type FromOptions,
  final,
  image,
  type ShellCapability,
  type Stage,
  stage,
} from '@stagecraft/core';
import type { Runtime } from '../runtime/runtime.ts';
import { startFrom } from '../runtime/start-from.ts';
import type { TestedBuild } from './test-stage.ts';

/** The stages of a service, to be built or chained on. */
export interface ServicePreset<C extends ShellCapability> {
  /** Where the program is made. */
  readonly build: Stage<'shell'>;
  /** Runs the tests of the project, where the option `tests` asks for them. */
  readonly test?: Stage<'shell'>;
  /** What runs in production. */
  readonly final: Stage<C>;
  /** The same on an image with a shell, where the runtime's family has one. */
  readonly debug?: Stage<'shell'>;
}

/** The final stage on a runtime, and the same on its debug image where there is one. */
export function serviceTargets<C extends ShellCapability>(
  { build, test }: Pick<TestedBuild, 'build' | 'test'>,
  runtime: Runtime<C>,
  make: <R extends ShellCapability>(start: Stage<R>, where: Runtime<R>) => Stage<R>,
): ServicePreset<C> {
  const debug = debugRuntime(runtime);
  return Object.freeze({
    build,
    ...(test === undefined ? {} : { test }),
    final: make(startFrom(final(), runtime), runtime),
    ...(debug === undefined
      ? {}
      : { debug: make(withShell(startFrom(stage('debug'), debug), debug), debug) }),
  });
}

/** A stage on the builder image that was asked for, or on the usual one. */
export function builderStage(
  name: string,
  builder: string | undefined,
  usual: Expansion,
  options: FromOptions = {},
): Stage<'shell'> {
  if (builder === undefined) return stage(name).from(usual, options);
  return stage(name).from(image<string, 'shell'>(builder, { shell: 'shell' }), options);
}

/** The shell of a debug image is not where RUN looks for one. */
function withShell(start: Stage<'shell'>, { debugShell }: Runtime): Stage<'shell'> {
  return debugShell === undefined ? start : start.shell([debugShell, '-c']);
}

/** The runtime with its debug image, which has a shell; undefined where there is none. */
export function debugRuntime(runtime: Runtime): Runtime<'shell'> | undefined {
  if (runtime.debugImage === undefined) return undefined;
  return Object.freeze({ ...runtime, image: runtime.debugImage, shell: 'shell' as const });
}
