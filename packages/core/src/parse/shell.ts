import type { ShellNode } from '../ast/shell.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { requireArguments, type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** @see https://docs.docker.com/reference/dockerfile/#shell */
export function parseShell(statement: Statement): ShellNode {
  readFlagValues(statement);
  requireArguments(statement);
  if (!statement.json)
    syntaxError('SHELL takes a JSON array only.', 'Write SHELL ["executable", "parameter"].');
  const node = startNode<ShellNode>('Shell', statement);
  node.argv = statement.args;
  return freeze(node);
}
