import { callSiteOf } from './call-site.ts';
import type { Location } from './location.ts';

/** Where a node came from: its place in a Dockerfile, or the TypeScript call that made it. */
export function whereOf(
  node: object & { readonly source?: { readonly location: Location } },
): Location | undefined {
  return node.source?.location ?? callSiteOf(node);
}
