import { createDockerfile, type DockerfileNode } from '../ast/dockerfile.ts';
import type { Origin } from '../ast/origin.ts';
import { createStage, type StageNode } from '../ast/stage.ts';
import { throwProblems } from '../errors/stagecraft-error.ts';
import { shareCallSite } from '../source/call-site.ts';
import { freeze } from '../util/freeze.ts';
import { collectStages } from './collect-stages.ts';
import { mapBase, mapOrigins } from './map-origins.ts';
import { nameStages } from './name-stages.ts';
import { scopeArgs } from './scope-args.ts';
import { nodeOf, type StageSource } from './stage-source.ts';

/**
 * The graph behind a stage: what it needs, dependencies first, references replaced by names and build arguments
 * declared where they are read. The target is the last stage.
 *
 * Throws `empty-graph` for something that is no stage, and all problems of a graph together: `duplicate-stage`,
 * `reserved-stage`, build arguments with two defaults.
 */
export function toGraph(target: StageSource): DockerfileNode {
  const stages = collectStages(nodeOf(target));
  const { names, problems } = nameStages(stages);
  const scoped = scopeArgs(stages);
  throwProblems([...problems, ...scoped.problems]);
  const byName = (origin: Origin): Origin => {
    if (origin.kind !== 'stage') return origin;
    return nameOrigin(names.get(origin.stage) ?? '');
  };
  return createDockerfile({
    directives: [],
    escape: '\\',
    args: scoped.globals,
    stages: scoped.stages.map((stage, index) => named(stage, names.get(stages[index] ?? stage), byName)),
  });
}

function named(stage: StageNode, name: string | undefined, replace: (origin: Origin) => Origin): StageNode {
  const from = mapBase(stage.from, replace);
  return createStage({
    from: name === undefined || from.name === name ? from : shareCallSite(from, freeze({ ...from, name })),
    instructions: stage.instructions.map((node) => mapOrigins(node, replace)),
  });
}

/** One object a name, so that {@link mapOrigins} can tell that nothing changes. */
function nameOrigin(name: string): Origin {
  return freeze({ kind: 'name', name });
}
