import type { ExposeNode } from '../ast/expose.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { rawWord, requireArguments, type Statement, startNode } from './statement.ts';

/** @see https://docs.docker.com/reference/dockerfile/#expose */
export function parseExpose(statement: Statement): ExposeNode {
  requireArguments(statement);
  readFlagValues(statement);
  const node = startNode<ExposeNode>('Expose', statement);
  node.ports = freeze(statement.args.map((port) => rawWord(port, statement)));
  return freeze(node);
}
