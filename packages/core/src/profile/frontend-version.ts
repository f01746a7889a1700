import type { Profile } from '../ast/profile.ts';

/** A version of BuildKit's Dockerfile frontend, such as `1.4`. */
export type FrontendVersion = `1.${number}`;

/**
 * The frontend an engine of each profile has without fetching one: `modern` is Docker Engine 23, the first with BuildKit
 * as its default, `buildkit` is Docker Engine 20.10. The classic builder reads what 1.0 did, less what its features say.
 */
export const builtinFrontends: Readonly<Record<Profile, FrontendVersion>> = {
  modern: '1.4',
  buildkit: '1.2',
  classic: '1.0',
};

/** Below zero when `left` is older than `right`. */
export function compareVersions(left: FrontendVersion, right: FrontendVersion): number {
  return minor(left) - minor(right);
}

function minor(version: FrontendVersion): number {
  return Number(version.slice('1.'.length));
}
