import { createUser, type UserNode } from '../ast/user.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, onlyArgument, rawWord, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#user */
export function parseUser(statement: Statement): UserNode {
  const argument = onlyArgument(statement);
  readFlagValues(statement);
  return createUser({ ...baseOf(statement), user: rawWord(argument, statement) });
}
