import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { Profile } from '../ast/profile.ts';
import type { Feature, FeatureNode, FeatureNodes } from './feature.ts';
import { features } from './features.ts';
import { builtinFrontends, compareVersions, type FrontendVersion } from './frontend-version.ts';
import { wordsOf } from './words-of.ts';

/** A feature and the instruction that uses it. */
export interface FeatureUse {
  readonly feature: Feature;
  readonly node: FeatureNode;
}

interface Detector {
  readonly feature: Feature;
  readonly uses: (node: FeatureNode) => boolean;
}

/** What may be found in each kind of instruction, so that none is asked about the others'. */
const detectors: ReadonlyMap<string, readonly Detector[]> = byKind();

/** What may be found in any word. */
const wordFeatures: readonly Feature[] = features.filter(({ usesWord }) => usesWord !== undefined);

function byKind(): ReadonlyMap<string, readonly Detector[]> {
  const table = new Map<string, Detector[]>();
  for (const feature of features) {
    for (const [kind, uses] of Object.entries(feature.uses ?? {}) as [
      keyof FeatureNodes,
      Detector['uses'],
    ][]) {
      table.set(kind, [...(table.get(kind) ?? []), { feature, uses }]);
    }
  }
  return table;
}

/** The features one instruction uses, those of an ONBUILD trigger included. */
export function featuresOf(node: FeatureNode): readonly Feature[] {
  const found: Feature[] = [];
  for (const { feature, uses } of detectors.get(node.kind) ?? []) if (uses(node)) found.push(feature);
  for (const word of wordsOf(node)) {
    if (word === undefined || typeof word === 'string') continue;
    for (const feature of wordFeatures) {
      if (feature.usesWord?.(word) === true && !found.includes(feature)) found.push(feature);
    }
  }
  return node.kind === 'OnBuild' ? [...found, ...featuresOf(node.trigger)] : found;
}

/** Everything a Dockerfile uses that not every engine understands, in file order. */
export function requiredFeatures(dockerfile: DockerfileNode): readonly FeatureUse[] {
  const stages = dockerfile.stages.flatMap((stage) => [stage.from, ...stage.instructions]);
  return [...dockerfile.args, ...stages].flatMap((node) =>
    featuresOf(node).map((feature) => ({ feature, node })),
  );
}

/**
 * The frontend to ask for, such as `docker/dockerfile:1.20`: the lowest that has all the features. Undefined when what
 * the engine has built in will do, and for profiles that can't fetch one.
 */
export function derivedSyntax(used: Iterable<Feature>, profile: Profile): string | undefined {
  if (profile !== 'modern') return undefined;
  let version: FrontendVersion = builtinFrontends[profile];
  let labs = false;
  for (const feature of used) {
    if (compareVersions(feature.since, version) > 0) version = feature.since;
    labs ||= feature.labs === true;
  }
  if (version === builtinFrontends[profile]) return undefined;
  return `docker/dockerfile:${version}${labs ? '-labs' : ''}`;
}
