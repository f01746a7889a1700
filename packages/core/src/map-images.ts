import type { Origin } from './ast/origin.ts';
import { createStage, type StageNode } from './ast/stage.ts';
import { createExpansion, type Word } from './ast/word.ts';
import { resumeStage } from './builder/resume.ts';
import type { ShellCapability } from './builder/shell-capability.ts';
import type { Stage } from './builder/stage.ts';
import { mapBase, mapOrigins } from './graph/map-origins.ts';
import { freeze } from './util/freeze.ts';

/**
 * The stage with every external image renamed, in it and in all it needs: for registry mirrors.
 *
 * `rename` gets the reference up to its first variable, which is all of it when it has none. `scratch` is no image.
 * @example
 * mapImages(final().from('debian:13-slim'), (name) => `mirror.example.com/${name}`)
 * // FROM mirror.example.com/debian:13-slim
 */
export function mapImages<C extends ShellCapability>(
  stage: Stage<C>,
  rename: (reference: string) => string,
): Stage<C> {
  const known = new Map<StageNode, StageNode>();
  const mapStage = (node: StageNode): StageNode => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const mapped = createStage({
      from: mapBase(node.from, mapOrigin),
      instructions: node.instructions.map((instruction) => mapOrigins(instruction, mapOrigin)),
    });
    known.set(node, mapped);
    return mapped;
  };
  const mapOrigin = (origin: Origin): Origin => {
    if (origin.kind === 'stage') return freeze({ kind: 'stage', stage: mapStage(origin.stage) });
    if (origin.kind !== 'image' || origin.image === 'scratch') return origin;
    return freeze({ kind: 'image', image: renamed(origin.image, rename) });
  };
  return resumeStage(mapStage(stage.toNode())) as Stage<C>;
}

function renamed(image: Word, rename: (reference: string) => string): Word {
  if (typeof image === 'string') return rename(image);
  if (image.kind === 'RawWord') return image;
  const [first, ...rest] = image.parts;
  return typeof first === 'string'
    ? createExpansion([rename(first), ...rest])
    : createExpansion([rename(''), ...image.parts]);
}
