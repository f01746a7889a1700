import type { EnvNode } from '../ast/env.ts';
import { parsePairs } from './pairs.ts';
import type { Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#env */
export function parseEnv(statement: Statement): EnvNode {
  return parsePairs<EnvNode>('Env', statement);
}
