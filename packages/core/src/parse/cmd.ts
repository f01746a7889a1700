import { type CmdNode, createCmd } from '../ast/cmd.ts';
import { parseCommand } from './command.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#cmd */
export function parseCmd(statement: Statement): CmdNode {
  readFlagValues(statement);
  return createCmd({ ...baseOf(statement), command: parseCommand(statement) });
}
