import type { VolumeNode } from '../ast/volume.ts';
import type { InstructionContext } from './evaluation-context.ts';
import { fail } from './fail.ts';

export function evaluateVolume(node: VolumeNode, { state, expand }: InstructionContext): void {
  const paths = node.paths.map((word) => expand(word));
  if (paths.includes('')) fail('A VOLUME is an empty text.', 'Name a path, or remove the word.');
  for (const path of paths) state.image.volumes.add(path);
}
