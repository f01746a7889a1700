import { image, type ShellCapability, type Stage, type StageStart } from '@stagecraft/core';
import type { Runtime } from './runtime.ts';

/** A stage that starts from a runtime, with what the runtime says about a shell. */
export function startFrom<C extends ShellCapability>(start: StageStart, runtime: Runtime<C>): Stage<C> {
  return start.from(image<string, C>(runtime.image, { shell: runtime.shell }));
}
