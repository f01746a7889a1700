import { createNode } from '../util/freeze.ts';
import type { NodeBase } from './node-base.ts';
import type { Origin } from './origin.ts';
import type { Word } from './word.ts';

/** A file whose content stands in the Dockerfile: a COPY or ADD heredoc. */
export interface InlineFile {
  /** The heredoc's delimiter, which is the file name when the destination is a directory. */
  readonly name?: string;
  /** The content: a plain string is literal, variables are expanded by the builder. Ends in a newline unless empty. */
  readonly data: Word;
}

/** What COPY and ADD share. */
export interface TransferFields extends NodeBase {
  /** Paths or patterns below the origin (Go `filepath.Match`); for ADD also URLs and git references. */
  readonly sources: readonly Word[];
  readonly files?: readonly InlineFile[];
  readonly dest: Word;
  readonly chown?: Word;
  readonly chmod?: Word;
  readonly link?: boolean;
  readonly exclude?: readonly string[];
}

/** `COPY [--from=…] [--chown=…] [--chmod=…] [--link] [--parents] [--exclude=…] <src>… <dest>` */
export interface CopyNode extends TransferFields {
  readonly kind: 'Copy';
  readonly from?: Origin;
  readonly parents?: boolean;
}

export function createCopy(init: Omit<CopyNode, 'kind'>): CopyNode {
  return createNode('Copy', init);
}
