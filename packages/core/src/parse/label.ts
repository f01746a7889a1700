import { createLabel, type LabelNode } from '../ast/label.ts';
import { parsePairs } from './pairs.ts';
import { baseOf, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#label */
export function parseLabel(statement: Statement): LabelNode {
  return createLabel({ ...baseOf(statement), ...parsePairs(statement) });
}
