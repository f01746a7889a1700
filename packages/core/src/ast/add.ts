import { createNode } from '../util/freeze.ts';
import type { TransferFields } from './copy.ts';
import type { Word } from './word.ts';

/** `ADD [--checksum=…] [--keep-git-dir] [--unpack] [--chown=…] [--chmod=…] [--link] [--exclude=…] <src>… <dest>` */
export interface AddNode extends TransferFields {
  readonly kind: 'Add';
  readonly checksum?: Word;
  readonly keepGitDir?: boolean;
  readonly unpack?: boolean;
}

export function createAdd(init: Omit<AddNode, 'kind'>): AddNode {
  return createNode('Add', init);
}
