import type { MaintainerNode } from '../ast/maintainer.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { onlyArgument, type Statement, startNode } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#maintainer-deprecated */
export function parseMaintainer(statement: Statement): MaintainerNode {
  const name = onlyArgument(statement);
  readFlagValues(statement);
  const node = startNode<MaintainerNode>('Maintainer', statement);
  node.name = name;
  return freeze(node);
}
