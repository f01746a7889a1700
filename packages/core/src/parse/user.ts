import type { UserNode } from '../ast/user.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { onlyArgument, rawWord, type Statement, startNode } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#user */
export function parseUser(statement: Statement): UserNode {
  const argument = onlyArgument(statement);
  readFlagValues(statement);
  const node = startNode<UserNode>('User', statement);
  node.user = rawWord(argument, statement);
  return freeze(node);
}
