import { createExpose, type ExposeNode } from '../ast/expose.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, rawWord, requireArguments, type Statement } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#expose */
export function parseExpose(statement: Statement): ExposeNode {
  requireArguments(statement);
  readFlagValues(statement);
  return createExpose({
    ...baseOf(statement),
    ports: statement.args.map((port) => rawWord(port, statement)),
  });
}
