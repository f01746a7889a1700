import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { StageNode } from '../ast/stage.ts';
import { everyNode } from './every-node.ts';
import type { LintedNode } from './finding.ts';
import type { LintRule, Report } from './rule.ts';

/** Where a node stands. */
export interface NodePlace {
  readonly dockerfile: DockerfileNode;
  /** Absent for the ARGs before the first FROM. */
  readonly stage?: StageNode;
  /** The last stage: what is built when no target is named. */
  readonly isFinal: boolean;
}

/**
 * A rule that looks at one node after the other as the file stands, and says at most one thing about each.
 *
 * Calls are marked as pure, so that bundles which never lint leave the rules out.
 */
export function nodeRule(
  header: Omit<LintRule, 'listen'>,
  check: (node: LintedNode, place: NodePlace) => Omit<Report, 'node'> | undefined,
): LintRule {
  return {
    ...header,
    listen: ({ report }) => ({
      dockerfile: (dockerfile) => {
        const places = placesOf(dockerfile);
        for (const node of everyNode(dockerfile)) {
          const complaint = check(node, places.get(node) ?? { dockerfile, isFinal: false });
          if (complaint !== undefined) report({ ...complaint, node });
        }
      },
    }),
  };
}

function placesOf(dockerfile: DockerfileNode): ReadonlyMap<LintedNode, NodePlace> {
  const { stages } = dockerfile;
  return new Map(
    stages.flatMap((stage, index) => {
      const place = { dockerfile, stage, isFinal: index === stages.length - 1 };
      return [stage.from, ...stage.instructions].map((node) => [node, place] as const);
    }),
  );
}
