import type { ShellCapability } from './shell-capability.ts';
import type { Stage } from './stage.ts';

/**
 * The escape hatch: an instruction the library does not know, printed as it is. Never needed for the documented language.
 *
 * @example
 * stage('build').from('debian:trixie').with(raw('INCLUDE common.dockerfile'))
 * // INCLUDE common.dockerfile
 */
export function raw(text: string): <C extends ShellCapability>(stage: Stage<C>) => Stage<C> {
  return (stage) => stage.raw(text);
}
