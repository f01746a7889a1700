import { StagecraftError } from '@stagecraft/core';
import type { Runtime } from '../runtime/runtime.ts';

/** A path that answers with 2xx on the service's port, or a command in exec form; and how often to ask. */
export type HealthProbe = HealthTiming &
  ({ readonly http: string } | { readonly command: readonly string[] });

/** Durations as HEALTHCHECK takes them. */
export interface HealthTiming {
  /** Default: `'30s'`. */
  readonly interval?: string | undefined;
  /** Default: `'3s'`. */
  readonly timeout?: string | undefined;
  /** Default: `'10s'`. */
  readonly startPeriod?: string | undefined;
  /** Default: 3. */
  readonly retries?: number | undefined;
}

/** How the interpreter of a runtime asks a URL. */
const askers: Partial<Record<Runtime['language'], (url: string) => readonly string[]>> = {
  node: (url) => ['-e', `fetch('${url}').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`],
  python: (url) => ['-c', `import urllib.request as u;u.urlopen('${url}',timeout=2)`],
  bun: (url) => ['-e', `fetch('${url}').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`],
};

/**
 * The command of a HEALTHCHECK, in exec form, run by what the image has.
 *
 * Throws `invalid-options` where the runtime has nothing that can ask a URL.
 */
export function healthCommand(probe: HealthProbe, runtime: Runtime, port: number): readonly string[] {
  if ('command' in probe) return probe.command;
  const url = `http://127.0.0.1:${port}${probe.http}`;
  const ask = askers[runtime.language];
  if (ask !== undefined) return [runtime.interpreter ?? interpreterOf(runtime), ...ask(url)];
  if (runtime.packageManager === 'apk' || runtime.family === 'nginx')
    return ['wget', '-q', '-O', '/dev/null', url];
  throw new StagecraftError(
    'invalid-options',
    `"${runtime.image}" has nothing that can ask "${probe.http}".`,
    {
      hint: 'Give the program a subcommand that checks itself: healthcheck: { command: ["/app", "health"] }.',
    },
  );
}

function interpreterOf({ language }: Runtime): string {
  return language === 'python' ? 'python3' : language;
}
