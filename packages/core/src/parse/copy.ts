import { type CopyNode, createCopy } from '../ast/copy.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import type { Statement } from './statement.ts';
import { parseTransfer, requireDestination, transferFlags } from './transfer.ts';

/** @see https://docs.docker.com/reference/dockerfile/#copy */
export function parseCopy(statement: Statement): CopyNode {
  requireDestination(statement);
  const flags = readFlagValues(statement, { from: 'text', parents: 'boolean', ...transferFlags });
  const from = flags.text('from');
  const parents = flags.boolean('parents');
  return createCopy({
    ...parseTransfer(statement, flags),
    ...(from === undefined ? {} : { from: freeze({ kind: 'name', name: from }) }),
    ...(parents === undefined ? {} : { parents }),
  });
}
