import type { Origin } from '../ast/origin.ts';
import type { StageNode } from '../ast/stage.ts';
import { collectStages } from '../graph/collect-stages.ts';
import { nodeOf, type StageSource } from '../graph/stage-source.ts';
import type { GraphDocument, Serialized, StageDocument } from './schema.ts';

/**
 * The graph behind a stage as plain JSON data: no places, no machine paths, the same for the same graph.
 *
 * @example
 * JSON.stringify(toJSON(final().from('debian:trixie-slim')))
 * // {"schemaVersion":1,"target":0,"stages":[{"kind":"Stage","from":{"kind":"From","base":{"kind":"image","image":"debian:trixie-slim"}},"instructions":[]}]}
 */
export function toJSON(target: StageSource): GraphDocument {
  const stages = collectStages(nodeOf(target));
  const indexes = new Map(stages.map((stage, index) => [stage, index]));
  return {
    schemaVersion: 1,
    target: stages.length - 1,
    stages: stages.map((stage) => toDocument(stage, indexes)),
  };
}

function toDocument(stage: StageNode, indexes: ReadonlyMap<StageNode, number>): StageDocument {
  const document: unknown = plain(stage, indexes);
  return document as Serialized<StageNode>;
}

/** A deep copy in which stage references are indexes and nothing tells where a node came from. */
function plain(value: unknown, indexes: ReadonlyMap<StageNode, number>): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, indexes));
  if (typeof value !== 'object' || value === null) return value;
  if (isStageOrigin(value)) return { kind: 'stage', stage: indexes.get(value.stage) };
  const entries = Object.entries(value).filter(([key]) => key !== 'source' || !('kind' in value));
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner, indexes)]));
}

function isStageOrigin(value: object): value is Extract<Origin, { kind: 'stage' }> {
  return 'kind' in value && value.kind === 'stage';
}
