import type { StageNode } from '../ast/stage.ts';
import type { PrintContext } from './print-context.ts';

/**
 * Follows SHELL through the stages, so that shell text can be written in exec form. A base image that sets a SHELL of
 * its own is not known here: its stages are taken to have the platform's default.
 */
export interface Shells {
  enter(stage: StageNode, context: PrintContext): void;
  leave(stage: StageNode, context: PrintContext): void;
}

const defaultShell = ['/bin/sh', '-c'];
const windowsShell = ['cmd', '/S', '/C'];

export function createShells(): Shells {
  const byName = new Map<string, readonly string[]>();
  return {
    enter({ from, instructions }, context) {
      const { base, platform } = from;
      const known = base.kind === 'name' ? byName.get(base.name) : undefined;
      const isWindows = typeof platform === 'string' && /^windows(?:\/|$)/iu.test(platform);
      context.shell = known ?? (isWindows ? windowsShell : defaultShell);
      const last = instructions.findLast((node) => node.kind === 'Shell');
      context.triggerShell = last?.argv ?? context.shell;
    },
    leave({ from }, context) {
      // BuildKit keeps names in lower case, and FROM alone tells cases apart.
      if (from.name !== undefined) byName.set(from.name.toLowerCase(), context.shell);
    },
  };
}
