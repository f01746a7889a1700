import { createWorkdir, type WorkdirNode } from '../ast/workdir.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, onlyArgument, rawWord, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#workdir */
export function parseWorkdir(statement: Statement): WorkdirNode {
  const argument = onlyArgument(statement);
  readFlagValues(statement);
  return createWorkdir({ ...baseOf(statement), path: rawWord(argument, statement) });
}
