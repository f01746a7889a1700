import { checkOptions, type Shape } from './ast/check.ts';
import type { DockerfileNode } from './ast/dockerfile.ts';
import { isDockerfile, type StageSource } from './graph/stage-source.ts';
import { toGraph } from './graph/to-graph.ts';
import { type PrintOptions, printDockerfile } from './print/print-dockerfile.ts';

/** How a graph is printed. */
export type DockerfileOptions = PrintOptions;

const shape: Shape<DockerfileOptions> = {
  profile: ['modern', 'buildkit', 'classic'],
  keepText: 'flag',
  comments: 'flag',
  lineWidth: 'number',
};

/**
 * The Dockerfile of a stage and of everything it needs. Pure: no I/O, the same text for the same graph.
 *
 * Throws a StagecraftError for a value that can't be written exactly and for a feature the profile lacks; several
 * problems are reported together (`problems`).
 * @example
 * toDockerfile(final().from('debian:trixie-slim').cmd(['bash']))
 * // FROM debian:trixie-slim
 * // CMD ["bash"]
 */
export function toDockerfile(target: StageSource | DockerfileNode, options: DockerfileOptions = {}): string {
  return printDockerfile(graphOf(target), checkOptions('toDockerfile', options, shape)).text;
}

/** The graph of a stage; a graph itself, such as a parsed Dockerfile, stays as it is. */
export function graphOf(target: StageSource | DockerfileNode): DockerfileNode {
  return isDockerfile(target) ? target : toGraph(target);
}
