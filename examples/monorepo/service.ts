import { join } from 'node:path';
import type { Stage } from '@stagecraft/core';
import { node } from '@stagecraft/presets';

/** How a service of this workspace is built: the one place where it is said. */
export function service(name: string, port: number): Stage<'no-shell'> {
  const { final } = node({
    context: join(import.meta.dirname, 'app'),
    service: name,
    entry: 'index.js',
    port,
    env: { PORT: String(port) },
    npmrc: 'npmrc',
  });
  return final;
}
