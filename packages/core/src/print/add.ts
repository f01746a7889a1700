import type { AddNode } from '../ast/add.ts';
import { wordFlag } from './flags.ts';
import type { PrintContext } from './print-context.ts';
import { printTransfer } from './transfer.ts';

export function printAdd(node: AddNode, context: PrintContext): string {
  const { checksum, keepGitDir, unpack } = node;
  const flags = [
    ...(checksum === undefined ? [] : [wordFlag('checksum', checksum, context)]),
    ...(keepGitDir === true ? ['--keep-git-dir'] : []),
    ...(unpack === undefined ? [] : [unpack ? '--unpack' : '--unpack=false']),
  ];
  return printTransfer('ADD', node, flags, context);
}
