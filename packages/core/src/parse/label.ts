import type { LabelNode } from '../ast/label.ts';
import { parsePairs } from './pairs.ts';
import type { Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#label */
export function parseLabel(statement: Statement): LabelNode {
  return parsePairs<LabelNode>('Label', statement);
}
