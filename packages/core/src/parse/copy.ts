import type { CopyNode } from '../ast/copy.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { type Statement, startNode } from './statement.ts';
import { addTransfer, requireDestination, transferFlags } from './transfer.ts';

const copyFlags = { ...transferFlags, from: 'text', parents: 'boolean' } as const;

/** @see https://docs.docker.com/reference/dockerfile/#copy */
export function parseCopy(statement: Statement): CopyNode {
  requireDestination(statement);
  const flags = readFlagValues(statement, copyFlags);
  const from = flags.text('from');
  const parents = flags.boolean('parents');
  const node = startNode<CopyNode>('Copy', statement);
  addTransfer(node, statement, flags);
  if (from !== undefined) node.from = freeze({ kind: 'name', name: from });
  if (parents !== undefined) node.parents = parents;
  return freeze(node);
}
