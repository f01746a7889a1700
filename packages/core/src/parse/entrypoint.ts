import type { EntrypointNode } from '../ast/entrypoint.ts';
import { freeze } from '../util/freeze.ts';
import { parseCommand } from './command.ts';
import { readFlagValues } from './flag-values.ts';
import { type Statement, startNode } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#entrypoint */
export function parseEntrypoint(statement: Statement): EntrypointNode {
  readFlagValues(statement);
  const node = startNode<EntrypointNode>('Entrypoint', statement);
  node.command = parseCommand(statement);
  return freeze(node);
}
