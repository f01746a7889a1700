import type { DockerfileNode } from './ast/dockerfile.ts';
import type { Profile } from './ast/profile.ts';
import type { RenderedDockerfile, StepOrigin } from './build/request.ts';
import type { StageSource } from './graph/stage-source.ts';
import { type PrintedDockerfile, printDockerfile } from './print/print-dockerfile.ts';
import { whereOf } from './source/where.ts';
import { graphOf } from './to-dockerfile.ts';

/** The Dockerfile of a stage together with where each of its lines came from: what an engine gets. */
export function renderDockerfile(target: StageSource | DockerfileNode, profile: Profile): RenderedDockerfile {
  const graph = graphOf(target);
  const printed = printDockerfile(graph, { profile });
  const lines = printed.text.split('\n');
  return { text: printed.text, steps: printed.lines.flatMap((entry) => toStep(entry, graph, lines)) };
}

function toStep(
  entry: PrintedDockerfile['lines'][number],
  graph: DockerfileNode,
  lines: readonly string[],
): readonly StepOrigin[] {
  const stage = graph.stages[entry.stage];
  if (stage === undefined) return [];
  const where = whereOf(entry.node);
  return [
    {
      line: entry.line,
      endLine: entry.endLine,
      stage: stage.from.name ?? `stage-${entry.stage}`,
      instruction: lines[entry.line - 1] ?? '',
      ...(where === undefined ? {} : { where }),
    },
  ];
}
