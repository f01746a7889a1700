import type { FromNode } from '../ast/from.ts';
import type { InstructionMap } from '../ast/index.ts';
import type { Profile } from '../ast/profile.ts';
import type { Expansion, RawWord } from '../ast/word.ts';
import { builtinFrontends, compareVersions, type FrontendVersion } from './frontend-version.ts';

/** Everything that stands on a line of its own. */
export interface FeatureNodes extends InstructionMap {
  readonly From: FromNode;
}

export type FeatureNode = FeatureNodes[keyof FeatureNodes];

/** Something of the Dockerfile language that not every engine understands. */
export interface Feature {
  /** In kebab-case: the name in documentation and lint findings. */
  readonly name: string;
  /** As a Dockerfile writes it, for messages: `COPY --link`. */
  readonly syntax: string;
  /** The first stable frontend that has it. */
  readonly since: FrontendVersion;
  /** Only in the `-labs` frontends. */
  readonly labs?: true;
  /** The builder before BuildKit has it too. */
  readonly classic?: true;
  /** Where a profile lacks it, the printer writes the same thing in another way. */
  readonly lowered?: true;
  /** Whether an instruction uses it. */
  readonly uses?: { readonly [K in keyof FeatureNodes]?: (node: FeatureNodes[K]) => boolean };
  /** Whether one of the words in which the builder expands variables uses it. */
  readonly usesWord?: (word: Expansion | RawWord) => boolean;
}

/** Whether engines of this profile understand the feature, fetching a newer frontend where they can. */
export function isSupported(feature: Feature, profile: Profile): boolean {
  if (profile === 'classic') return feature.classic === true;
  if (profile === 'modern') return true;
  return feature.labs !== true && compareVersions(feature.since, builtinFrontends[profile]) <= 0;
}

/** Whether RUN, COPY and ADD may hold here-documents. */
export function hasHeredocs(profile: Profile): boolean {
  return compareVersions(builtinFrontends[profile], '1.4') >= 0;
}
