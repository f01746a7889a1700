import type { WorkdirNode } from '../ast/workdir.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { onlyArgument, rawWord, type Statement, startNode } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#workdir */
export function parseWorkdir(statement: Statement): WorkdirNode {
  const argument = onlyArgument(statement);
  readFlagValues(statement);
  const node = startNode<WorkdirNode>('Workdir', statement);
  node.path = rawWord(argument, statement);
  return freeze(node);
}
