import type { AddNode } from '../ast/add.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { rawWord, type Statement, startNode } from './statement.ts';
import { addTransfer, requireDestination, transferFlags } from './transfer.ts';

const addFlags = {
  ...transferFlags,
  checksum: 'text',
  'keep-git-dir': 'boolean',
  unpack: 'boolean',
} as const;

/** @see https://docs.docker.com/reference/dockerfile/#add */
export function parseAdd(statement: Statement): AddNode {
  requireDestination(statement);
  const flags = readFlagValues(statement, addFlags);
  const checksum = flags.text('checksum');
  const keepGitDir = flags.boolean('keep-git-dir');
  const unpack = flags.boolean('unpack');
  const node = startNode<AddNode>('Add', statement);
  addTransfer(node, statement, flags);
  if (checksum !== undefined) node.checksum = rawWord(checksum, statement);
  if (keepGitDir !== undefined) node.keepGitDir = keepGitDir;
  if (unpack !== undefined) node.unpack = unpack;
  return freeze(node);
}
