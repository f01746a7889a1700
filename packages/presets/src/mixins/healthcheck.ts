import type { ShellCapability, Stage } from '@stagecraft/core';
import type { Runtime } from '../runtime/runtime.ts';
import { type HealthProbe, healthCommand } from '../service/health-probe.ts';

/**
 * Asks the service whether it is well, by what the runtime has: Node.js, Python, `wget`, or a command of the program itself.
 *
 * Throws `invalid-options` where the runtime has nothing that can ask a URL.
 * @example
 * startFrom(final(), distroless('nodejs24')).with(healthcheck(distroless('nodejs24'), { http: '/healthz' }, 3000))
 */
export function healthcheck(
  runtime: Runtime,
  probe: HealthProbe,
  port = 8080,
): <C extends ShellCapability>(target: Stage<C>) => Stage<C> {
  const { interval = '30s', timeout = '3s', startPeriod = '10s', retries = 3 } = probe;
  const command = healthCommand(probe, runtime, port);
  return (target) => target.healthcheck(command, { interval, timeout, startPeriod, retries });
}
