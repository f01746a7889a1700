import type { Profile } from '../ast/profile.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import { type Feature, type FeatureNode, isSupported } from '../profile/feature.ts';
import { builtinFrontends } from '../profile/frontend-version.ts';
import { featuresOf } from '../profile/required-features.ts';
import { whereOf } from '../source/where.ts';
import type { PrintContext } from './print-context.ts';

/**
 * Adds what the instruction uses to `used`. What the profile lacks becomes a problem, or is written in another way:
 * then the answer is true.
 */
export function noteFeatures(node: FeatureNode, used: Set<Feature>, context: PrintContext): boolean {
  let isLowered = false;
  for (const feature of featuresOf(node)) {
    if (isSupported(feature, context.profile)) used.add(feature);
    else if (feature.lowered === true) isLowered = true;
    else context.problems.push(problemOf(feature, node, context.profile));
  }
  return isLowered;
}

function problemOf(feature: Feature, node: FeatureNode, profile: Profile): StagecraftError {
  const version = `${feature.since}${feature.labs === true ? '-labs' : ''}`;
  const has = profile === 'classic' ? 'has no BuildKit' : `has ${builtinFrontends[profile]}`;
  const profiles =
    profile === 'classic' && isSupported(feature, 'buildkit') ? '"buildkit" or "modern"' : '"modern"';
  const syntax = node.kind === 'Add' ? feature.syntax.replace('COPY', 'ADD') : feature.syntax;
  return new StagecraftError(
    'unsupported-feature',
    `"${syntax}" needs the Dockerfile frontend ${version}, and the profile "${profile}" ${has}.`,
    { hint: `Use the profile ${profiles}, or do without "${feature.name}".`, where: whereOf(node) },
  );
}
