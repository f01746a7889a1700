import type { StageNode } from '../ast/stage.ts';
import { hasShell } from './shell-capability.ts';
import { linksOf, Stage } from './stage.ts';

/** The fluent stage of a node that came from text or JSON. */
export function resumeStage(node: StageNode): Stage {
  return new Stage(
    { from: node.from, shell: stageHasShell(node), last: linksOf(node.instructions), comments: [] },
    node,
  );
}

function stageHasShell(node: StageNode): boolean {
  if (node.instructions.some((instruction) => instruction.kind === 'Shell')) return true;
  const { base } = node.from;
  if (base.kind === 'stage') return stageHasShell(base.stage);
  return base.kind !== 'image' || typeof base.image !== 'string' || hasShell(base.image);
}
