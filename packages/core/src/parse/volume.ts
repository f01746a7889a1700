import { createVolume, type VolumeNode } from '../ast/volume.ts';
import { readFlagValues } from './flag-values.ts';
import { baseOf, rawWord, requireArguments, type Statement } from './statement.ts';
import { syntaxError } from './syntax-error.ts';
import { trimSpace } from './text-lines.ts';

/** @see https://docs.docker.com/reference/dockerfile/#volume */
export function parseVolume(statement: Statement): VolumeNode {
  requireArguments(statement);
  readFlagValues(statement);
  const paths = statement.args.map((path) => trimSpace(path));
  if (paths.includes('')) syntaxError('A VOLUME is empty.', 'Name a path.');
  return createVolume({ ...baseOf(statement), paths: paths.map((path) => rawWord(path, statement)) });
}
