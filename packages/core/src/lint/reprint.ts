import { freeze } from '../util/freeze.ts';
import type { LintedNode, NodeEdit } from './finding.ts';

/** Prints a node anew, without how it was written and without the fields named, with others in their place. */
export function reprint<Node extends LintedNode>(
  node: Node,
  changes: Partial<Node> = {},
  ...dropped: readonly (keyof Node)[]
): NodeEdit {
  const left = Object.entries({ ...node, ...changes }).filter(
    ([key]) => key !== 'source' && !dropped.includes(key as keyof Node),
  );
  return { node, replacement: [freeze(Object.fromEntries(left)) as unknown as Node] };
}
