import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { StageNode } from '../ast/stage.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';

/** Anything that stands for a stage: recognised by this method, so stages of another copy of the library work too. */
export interface StageSource {
  toNode(): StageNode;
}

/** Whether something is a graph, such as a parsed Dockerfile, and not a stage of one. */
export function isDockerfile(target: StageSource | DockerfileNode): target is DockerfileNode {
  return typeof target === 'object' && target !== null && 'stages' in target;
}

/** The node behind a stage; throws `empty-graph` for something that is no stage. */
export function nodeOf(target: StageSource): StageNode {
  if (typeof target === 'object' && target !== null && 'toNode' in target) return target.toNode();
  const hint =
    'Begin with stage("name").from("image") or final().from("image"), and pass what the last call returned.';
  throw new StagecraftError(
    'empty-graph',
    'There is no stage to print: the value has no base image yet, or is no stage.',
    { hint },
  );
}
