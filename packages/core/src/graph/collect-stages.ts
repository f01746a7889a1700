import type { StageNode } from '../ast/stage.ts';
import { originsOf } from './map-origins.ts';

/** Every stage `target` needs, dependencies first, each exactly once. */
export function collectStages(target: StageNode): readonly StageNode[] {
  const ordered = new Set<StageNode>();
  const visit = (stage: StageNode): void => {
    if (ordered.has(stage)) return;
    for (const input of inputsOf(stage)) visit(input);
    ordered.add(stage);
  };
  visit(target);
  return [...ordered];
}

/** The stages a stage reads from, in the order it names them. */
function inputsOf(stage: StageNode): readonly StageNode[] {
  const origins = [stage.from.base, ...stage.instructions.flatMap(originsOf)];
  return origins.flatMap((origin) => (origin.kind === 'stage' ? [origin.stage] : []));
}
