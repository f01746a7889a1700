import type { CmdNode } from '../ast/cmd.ts';
import { freeze } from '../util/freeze.ts';
import { parseCommand } from './command.ts';
import { readFlagValues } from './flag-values.ts';
import { type Statement, startNode } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#cmd */
export function parseCmd(statement: Statement): CmdNode {
  readFlagValues(statement);
  const node = startNode<CmdNode>('Cmd', statement);
  node.command = parseCommand(statement);
  return freeze(node);
}
