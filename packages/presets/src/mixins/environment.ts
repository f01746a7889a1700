import type { ShellCapability, Stage } from '@stagecraft/core';

/** Sets the time zone, such as `Europe/Berlin`; the image must have the zone files, as distroless and Debian images do. */
export function timezone(zone: string): <C extends ShellCapability>(stage: Stage<C>) => Stage<C> {
  return (stage) => stage.env('TZ', zone);
}

/** Sets the language and the character set. Default: `C.UTF-8`, which every image has. */
export function locale(name = 'C.UTF-8'): <C extends ShellCapability>(stage: Stage<C>) => Stage<C> {
  return (stage) => stage.env({ LANG: name, LC_ALL: name });
}
