import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { StageNode } from '../ast/stage.ts';
import { wordText } from '../ast/word-text.ts';

/** A stage and the stages of the file it is built on, itself first. */
export function chainOf(stage: StageNode, { stages }: DockerfileNode): readonly StageNode[] {
  const chain: StageNode[] = [];
  let current: StageNode | undefined = stage;
  while (current !== undefined) {
    chain.push(current);
    current = findStage(baseText(current), stages.slice(0, stages.indexOf(current)));
  }
  return chain;
}

/** What the last stage of the chain starts from, as it is written. */
export function rootImage(stage: StageNode, dockerfile: DockerfileNode): string {
  return baseText(chainOf(stage, dockerfile).at(-1) ?? stage);
}

/** The stage a `--from` or FROM names, by name or number; of equal names the latest counts. */
export function findStage(name: string, stages: readonly StageNode[]): StageNode | undefined {
  const lower = name.toLowerCase();
  const named = stages.findLast(({ from }) => from.name?.toLowerCase() === lower);
  return named ?? (/^\d+$/u.test(name) ? stages[Number(name)] : undefined);
}

/** Whether the last stage is this one or is built on it: what is left in it reaches the image. */
export function isShipped(stage: StageNode, dockerfile: DockerfileNode): boolean {
  const last = dockerfile.stages.at(-1);
  return last !== undefined && chainOf(last, dockerfile).includes(stage);
}

function baseText({ from: { base } }: StageNode): string {
  if (base.kind === 'image') return wordText(base.image);
  if (base.kind === 'name' || base.kind === 'context') return base.name;
  return base.stage.from.name ?? '';
}
