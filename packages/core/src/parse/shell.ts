import { createShell, type ShellNode } from '../ast/shell.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, requireArguments, type Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';

/** @see https://docs.docker.com/reference/dockerfile/#shell */
export function parseShell(statement: Statement): ShellNode {
  readFlagValues(statement);
  requireArguments(statement);
  if (!statement.json)
    syntaxError('SHELL takes a JSON array only.', 'Write SHELL ["executable", "parameter"].');
  return createShell({ ...baseOf(statement), argv: statement.args });
}
