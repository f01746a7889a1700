import { type AddNode, createAdd } from '../ast/add.ts';
import { readFlagValues } from './flag-values.ts';
import { rawWord, type Statement } from './statement.ts';
import { parseTransfer, requireDestination, transferFlags } from './transfer.ts';

/** @see https://docs.docker.com/reference/dockerfile/#add */
export function parseAdd(statement: Statement): AddNode {
  requireDestination(statement);
  const known = { checksum: 'text', 'keep-git-dir': 'boolean', unpack: 'boolean', ...transferFlags } as const;
  const flags = readFlagValues(statement, known);
  const checksum = flags.text('checksum');
  const keepGitDir = flags.boolean('keep-git-dir');
  const unpack = flags.boolean('unpack');
  return createAdd({
    ...parseTransfer(statement, flags),
    ...(checksum === undefined ? {} : { checksum: rawWord(checksum, statement) }),
    ...(keepGitDir === undefined ? {} : { keepGitDir }),
    ...(unpack === undefined ? {} : { unpack }),
  });
}
