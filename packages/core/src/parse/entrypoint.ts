import { createEntrypoint, type EntrypointNode } from '../ast/entrypoint.ts';
import { parseCommand } from './command.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#entrypoint */
export function parseEntrypoint(statement: Statement): EntrypointNode {
  readFlagValues(statement);
  return createEntrypoint({ ...baseOf(statement), command: parseCommand(statement) });
}
