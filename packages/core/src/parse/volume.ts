import type { VolumeNode } from '../ast/volume.ts';
import { freeze } from '../util/freeze.ts';
import { readFlagValues } from './flag-values.ts';
import { rawWord, requireArguments, type Statement, startNode } from './statement.ts';
import { syntaxError } from './syntax-error.ts';
import { trimSpace } from './text-lines.ts';

/** @see https://docs.docker.com/reference/dockerfile/#volume */
export function parseVolume(statement: Statement): VolumeNode {
  requireArguments(statement);
  readFlagValues(statement);
  const paths = statement.args.map((path) => trimSpace(path));
  if (paths.includes('')) syntaxError('A VOLUME is empty.', 'Name a path.');
  const node = startNode<VolumeNode>('Volume', statement);
  node.paths = freeze(paths.map((path) => rawWord(path, statement)));
  return freeze(node);
}
