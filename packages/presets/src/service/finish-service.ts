import type { ShellCapability, Stage } from '@stagecraft/core';
import { launch, type Program } from '../runtime/launch.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { healthCommand } from './health-probe.ts';
import type { ServiceSettings } from './service-options.ts';

/**
 * Ends the final stage of a service: environment, labels, port, user, health check, and how the program starts.
 *
 * The user is always a number, so that orchestrators can see that it is not root.
 */
export function finishService<C extends ShellCapability>(
  image: Stage<C>,
  runtime: Runtime<C>,
  program: Program,
  settings: Pick<ServiceSettings, 'env' | 'labels' | 'port' | 'user' | 'args' | 'healthcheck'>,
): Stage<C> {
  const { env, labels, port, args, healthcheck } = settings;
  const user = settings.user ?? (runtime.setsUser ? `${runtime.uid}:${runtime.gid}` : undefined);
  const { entrypoint, cmd } = launch(runtime, { ...program, args: [...(program.args ?? []), ...args] });
  let final: Stage<C> = image;
  if (Object.keys(env).length > 0) final = final.env(env);
  if (Object.keys(labels).length > 0) final = final.label(labels);
  if (port !== undefined) final = final.expose(port);
  if (user !== undefined) final = final.user(user);
  if (healthcheck !== undefined) {
    const { interval = '30s', timeout = '3s', startPeriod = '10s', retries = 3 } = healthcheck;
    const timing = { interval, timeout, startPeriod, retries };
    final = final.healthcheck(healthCommand(healthcheck, runtime, port ?? 8080), timing);
  }
  if (entrypoint !== undefined) final = final.entrypoint([...entrypoint]);
  return cmd.length === 0 ? final : final.cmd([...cmd]);
}
