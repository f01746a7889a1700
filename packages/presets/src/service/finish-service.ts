import type { ShellCapability, Stage } from '@stagecraft/core';
import { healthcheck } from '../mixins/healthcheck.ts';
import { init } from '../mixins/init.ts';
import { type Launch, launch, type Program } from '../runtime/launch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { ServiceSettings } from './service-options.ts';
import { surround } from './surroundings.ts';

type Finish = Pick<
  ServiceSettings,
  | 'env'
  | 'labels'
  | 'port'
  | 'user'
  | 'healthcheck'
  | 'init'
  | 'caCertificates'
  | 'timezone'
  | 'locale'
  | 'writableDirectories'
>;

/** Ends the final stage of a service: what {@link finishImage} does, and how the program starts. */
export function finishService<C extends ShellCapability>(
  image: Stage<C>,
  runtime: Runtime<C>,
  program: Program,
  settings: Finish & Pick<ServiceSettings, 'args'>,
): Stage<C> {
  const args = [...(program.args ?? []), ...settings.args];
  return finishImage(image, runtime, launch(runtime, { ...program, args }), settings);
}

/**
 * Ends a final stage: environment, labels, surroundings, port, user, health check, init process, and the command.
 *
 * The user is always a number, so that orchestrators can see that it is not root.
 */
export function finishImage<C extends ShellCapability>(
  image: Stage<C>,
  runtime: Runtime<C>,
  { entrypoint, cmd }: Launch,
  settings: Finish,
): Stage<C> {
  const { env, labels, port, healthcheck: probe } = settings;
  const user = settings.user ?? (runtime.setsUser ? `${runtime.uid}:${runtime.gid}` : undefined);
  let final: Stage<C> = surround(image, runtime, settings);
  if (Object.keys(env).length > 0) final = final.env(env);
  if (Object.keys(labels).length > 0) final = final.label(labels);
  if (port !== undefined) final = final.expose(port);
  if (user !== undefined) final = final.user(user);
  if (probe !== undefined) final = final.with(healthcheck(runtime, probe, port));
  if (settings.init) final = final.with(init({ entrypoint: entrypoint ?? runtime.entrypoint ?? [] }));
  else if (entrypoint !== undefined) final = final.entrypoint([...entrypoint]);
  return cmd.length === 0 ? final : final.cmd([...cmd]);
}
