import { createMaintainer, type MaintainerNode } from '../ast/maintainer.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, onlyArgument, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#maintainer-deprecated */
export function parseMaintainer(statement: Statement): MaintainerNode {
  const name = onlyArgument(statement);
  readFlagValues(statement);
  return createMaintainer({ ...baseOf(statement), name });
}
