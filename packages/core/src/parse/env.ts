import { createEnv, type EnvNode } from '../ast/env.ts';
import { parsePairs } from './pairs.ts';
import { baseOf, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#env */
export function parseEnv(statement: Statement): EnvNode {
  return createEnv({ ...baseOf(statement), ...parsePairs(statement) });
}
