import { createNode } from '../util/freeze.ts';
import type { ArgNode } from './arg.ts';
import type { StageNode } from './stage.ts';
import type { EscapeToken } from './word.ts';

/** `# name=value` at the very top of a file. */
export interface Directive {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  readonly line?: number;
}

/**
 * A whole Dockerfile: what the printer writes and the parser reads.
 *
 * Stages stand in file order, dependencies first, and name each other by name.
 */
export interface DockerfileNode {
  readonly kind: 'Dockerfile';
  readonly directives: readonly Directive[];
  readonly escape: EscapeToken;
  /** The ARGs before the first FROM. */
  readonly args: readonly ArgNode[];
  readonly stages: readonly StageNode[];
  /** Comment lines after the last instruction, without `#`. */
  readonly trailingComments?: readonly string[];
}

export function createDockerfile(init: Omit<DockerfileNode, 'kind'>): DockerfileNode {
  return createNode('Dockerfile', init);
}
