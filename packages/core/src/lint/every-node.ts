import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { LintedNode } from './finding.ts';

/** Every node of a Dockerfile in file order: the global ARGs, then each FROM with its instructions. */
export function everyNode({ args, stages }: DockerfileNode): readonly LintedNode[] {
  return [...args, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])];
}
