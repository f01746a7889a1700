import { freeze } from '../util/freeze.ts';
import { freezeTransfer, type TransferFields } from './copy.ts';
import type { Word } from './word.ts';

/** `ADD [--checksum=…] [--keep-git-dir] [--unpack] [--chown=…] [--chmod=…] [--link] [--exclude=…] <src>… <dest>` */
export interface AddNode extends TransferFields {
  readonly kind: 'Add';
  readonly checksum?: Word;
  readonly keepGitDir?: boolean;
  readonly unpack?: boolean;
}

export function createAdd(init: Omit<AddNode, 'kind'>): AddNode {
  return freeze({ kind: 'Add', ...init, ...freezeTransfer(init) });
}
