import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { Origin } from '../ast/origin.ts';
import { wordText } from '../ast/word-text.ts';
import { originsOf } from '../graph/map-origins.ts';
import type { LintedNode } from './finding.ts';
import type { LintOptions } from './lint-options.ts';

/** An image that comes from outside of the file, as it is written: variables not expanded. */
export interface ExternalImage {
  readonly node: LintedNode;
  readonly reference: string;
  /** FROM, and not the `--from` of a COPY or a mount. */
  readonly isBase: boolean;
}

/** Every image that is neither a stage of the file nor a named build context, `scratch` left out. */
export function externalImages(
  { stages }: DockerfileNode,
  { contexts = [] }: Pick<LintOptions, 'contexts'> = {},
): readonly ExternalImage[] {
  const names = new Set(contexts.map((name) => name.toLowerCase()));
  return stages.flatMap(({ from, instructions }, index) => {
    const found = [
      ...imagesOf(from, [from.base], names, index, true),
      ...instructions.flatMap((node) => imagesOf(node, originsOf(node), names, index, false)),
    ];
    if (from.name !== undefined) names.add(from.name.toLowerCase());
    return found;
  });
}

function imagesOf(
  node: LintedNode,
  origins: readonly Origin[],
  names: ReadonlySet<string>,
  index: number,
  isBase: boolean,
): readonly ExternalImage[] {
  return origins.flatMap((origin) => {
    const reference =
      origin.kind === 'image' ? wordText(origin.image) : origin.kind === 'name' ? origin.name : '';
    const isStage =
      origin.kind !== 'context' && (names.has(reference.toLowerCase()) || isIndex(reference, index));
    if (reference === '' || reference === 'scratch' || isStage) return [];
    return [{ node, reference, isBase }];
  });
}

/** `--from=0` means the first stage. */
function isIndex(reference: string, stages: number): boolean {
  return /^\d+$/u.test(reference) && Number(reference) < stages;
}
