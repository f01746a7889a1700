import type { VolumeNode } from '../ast/volume.ts';
import { printVolumes } from './json-array.ts';
import { fitted } from './layout.ts';
import { isListed } from './list-words.ts';
import { type PrintContext, refuse } from './print-context.ts';
import { printWord } from './words.ts';

export function printVolume(node: VolumeNode, context: PrintContext): string {
  const { paths } = node;
  if (paths.length === 0 || paths.includes('')) {
    refuse(context, 'VOLUME has an empty path.', 'Name at least one path, such as "/data".');
  }
  if (!paths.every(isListed)) return `VOLUME ${printVolumes(paths, context)}`;
  return fitted(
    'VOLUME',
    paths.map((path) => printWord(path, 'list', context, 'VOLUME path')),
    context,
  );
}
