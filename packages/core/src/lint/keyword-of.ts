import type { LintedNode } from './finding.ts';

/** The keyword as written; in upper case for a node that was built. */
export function keywordOf(node: LintedNode): string {
  return node.source?.keyword ?? node.kind.toUpperCase();
}
