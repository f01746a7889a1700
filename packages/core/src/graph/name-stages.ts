import type { StageNode } from '../ast/stage.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { whereOf } from '../source/where.ts';

/** Names for the stages of a graph, and what is wrong with the names the user gave. */
export interface StageNames {
  /** The name of each stage; absent for a target that nobody refers to and that has none. */
  readonly names: ReadonlyMap<StageNode, string>;
  readonly problems: readonly StagecraftError[];
}

/** Every stage but the last needs a name to be referred to; stages without one are called `stage-1`, `stage-2`… */
export function nameStages(stages: readonly StageNode[]): StageNames {
  const taken = new Map<string, StageNode>();
  const problems: StagecraftError[] = [];
  for (const stage of stages) {
    const { name } = stage.from;
    if (name === undefined) continue;
    const key = name.toLowerCase();
    const other = taken.get(key);
    if (other !== undefined) problems.push(duplicateName(name, stage, other));
    if (key === 'scratch' || key === 'context') problems.push(reservedName(name, stage));
    taken.set(key, stage);
  }
  const names = new Map<StageNode, string>();
  stages.forEach((stage, index) => {
    const name = stage.from.name ?? (index === stages.length - 1 ? undefined : freeName(index, taken));
    if (name !== undefined) names.set(stage, name);
  });
  return { names, problems };
}

function freeName(index: number, taken: ReadonlyMap<string, StageNode>): string {
  const name = `stage-${index}`;
  return taken.has(name) ? freeName(index + 1000, taken) : name;
}

function duplicateName(name: string, stage: StageNode, other: StageNode): StagecraftError {
  const place = whereOf(other.from);
  const first = place === undefined ? '' : ` The other is at line ${place.line}.`;
  return new StagecraftError('duplicate-stage', `Two stages are called "${name}".`, {
    hint: `Give one of them another name; a stage that grew from another by more calls is a stage of its own.${first}`,
    where: whereOf(stage.from),
  });
}

function reservedName(name: string, stage: StageNode): StagecraftError {
  return new StagecraftError('reserved-stage', `"${name}" is a reserved stage name.`, {
    hint: 'Choose another name.',
    where: whereOf(stage.from),
  });
}
