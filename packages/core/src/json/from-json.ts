import * as z from 'zod/mini';
import { createStage, type StageNode } from '../ast/stage.ts';
import { resumeStage } from '../builder/resume.ts';
import type { Stage } from '../builder/stage.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { freeze } from '../util/freeze.ts';
import { type GraphDocument, type StageDocument, schema } from './schema.ts';

/**
 * The target stage of a graph that {@link toJSON} wrote; it can be extended like any other.
 *
 * Throws `config-rejected` for data that is no graph, naming the path, and for a reference to a later stage.
 */
export function fromJSON(document: unknown): Stage {
  const graph = validate(document);
  const nodes: StageNode[] = [];
  for (const stage of graph.stages) nodes.push(toStage(stage, nodes));
  const target = nodes[graph.target];
  if (target === undefined) throw rejected(`There is no stage ${graph.target}.`, 'target');
  return resumeStage(target);
}

function validate(document: unknown): GraphDocument {
  const result = z.safeParse(schema, document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw rejected(issue?.message ?? 'Not a graph.', (issue?.path ?? []).join('.'));
}

function toStage(stage: StageDocument, earlier: readonly StageNode[]): StageNode {
  const resolved: unknown = resolve(stage, earlier);
  return createStage(resolved as StageNode);
}

/** A frozen deep copy in which stage indexes are the stages again. */
function resolve(value: unknown, earlier: readonly StageNode[]): unknown {
  if (Array.isArray(value)) return freeze(value.map((item) => resolve(item, earlier)));
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'stage' && 'stage' in value) {
    return freeze({ kind: 'stage', stage: stageAt(Number(value.stage), earlier) });
  }
  return freeze(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, earlier)])),
  );
}

function stageAt(index: number, earlier: readonly StageNode[]): StageNode {
  const stage = earlier[index];
  if (stage !== undefined) return stage;
  throw rejected(`Stage ${index} is not defined before the stage that reads it.`, 'stages');
}

function rejected(message: string, path: string): StagecraftError {
  return new StagecraftError('config-rejected', `The graph document is not valid at "${path}": ${message}`, {
    hint: 'Write it with toJSON, or check it against schema/stagecraft.schema.json of @stagecraft/core.',
  });
}
