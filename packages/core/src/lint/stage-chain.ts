import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { InstructionKind } from '../ast/index.ts';
import type { StageNode } from '../ast/stage.ts';
import { wordText } from '../ast/word-text.ts';

const chains = new WeakMap<DockerfileNode, Map<StageNode, readonly StageNode[]>>();
const positions = new WeakMap<StageNode, Map<string, readonly number[]>>();

/** A stage and the stages of the file it is built on, itself first. */
export function chainOf(stage: StageNode, dockerfile: DockerfileNode): readonly StageNode[] {
  const known = chains.get(dockerfile) ?? new Map<StageNode, readonly StageNode[]>();
  chains.set(dockerfile, known);
  const chain = known.get(stage) ?? findChain(stage, dockerfile);
  known.set(stage, chain);
  return chain;
}

/** Where the instructions of a kind stand in a stage, in order. */
export function positionsOf(stage: StageNode, kind: InstructionKind): readonly number[] {
  const known = positions.get(stage) ?? new Map<string, readonly number[]>();
  positions.set(stage, known);
  const found =
    known.get(kind) ??
    stage.instructions.flatMap((instruction, index) => (instruction.kind === kind ? [index] : []));
  known.set(kind, found);
  return found;
}

function findChain(stage: StageNode, { stages }: DockerfileNode): readonly StageNode[] {
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

/** Whether the stage says what to start; one that does not may only hold files for others, or for export. */
export function isRunnable(stage: StageNode, dockerfile: DockerfileNode): boolean {
  const kinds = ['Cmd', 'Entrypoint'] as const;
  return chainOf(stage, dockerfile).some((each) => kinds.some((kind) => positionsOf(each, kind).length > 0));
}

function baseText({ from: { base } }: StageNode): string {
  if (base.kind === 'image') return wordText(base.image);
  if (base.kind === 'name' || base.kind === 'context') return base.name;
  return base.stage.from.name ?? '';
}
