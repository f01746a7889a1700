import { type ShellCapability, type Stage, StagecraftError, stage } from '@stagecraft/core';
import type { Runtime } from '../runtime/runtime.ts';
import { startFrom } from '../runtime/start-from.ts';
import { debugRuntime } from '../service/service-targets.ts';

/**
 * The same final stage on the runtime's image with a shell, as a target called `debug`.
 *
 * `make` says what the final stage has, and is called on the debug image. Throws `invalid-options` for a runtime without one.
 * @example
 * const make = <C extends ShellCapability>(image: Stage<C>) => image.copyFrom(build, '/out/app', '/app').cmd(['/app']);
 * export const app = make(startFrom(final(), distroless('static')));
 * export const debug = debugVariant(distroless('static'), make);
 */
export function debugVariant(
  runtime: Runtime,
  make: <C extends ShellCapability>(image: Stage<C>) => Stage<C>,
): Stage<'shell'> {
  const debug = debugRuntime(runtime);
  if (debug !== undefined) return make(startFrom(stage('debug'), debug)).label('image.variant', 'debug');
  throw new StagecraftError('invalid-options', `"${runtime.image}" has no image with a shell beside it.`, {
    hint: 'Look into it from outside: sidecar() prints the command.',
  });
}
