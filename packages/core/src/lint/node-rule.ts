import type { DockerfileNode } from '../ast/dockerfile.ts';
import type { StageNode } from '../ast/stage.ts';
import type { LintedNode } from './finding.ts';
import type { LintRule, Report } from './rule.ts';

/** Where a node stands. */
export interface NodePlace {
  readonly dockerfile: DockerfileNode;
  /** Absent for the ARGs before the first FROM. */
  readonly stage?: StageNode;
  /** Its place among the instructions of the stage; -1 for FROM and for the ARGs before it. */
  readonly position: number;
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
        for (const { node, place } of placesOf(dockerfile)) {
          const complaint = check(node, place);
          if (complaint !== undefined) report({ ...complaint, node });
        }
      },
    }),
  };
}

interface PlacedNode {
  readonly node: LintedNode;
  readonly place: NodePlace;
}

const known = new WeakMap<DockerfileNode, readonly PlacedNode[]>();

/** Worked out once for all rules. */
function placesOf(dockerfile: DockerfileNode): readonly PlacedNode[] {
  const found = known.get(dockerfile) ?? findPlaces(dockerfile);
  known.set(dockerfile, found);
  return found;
}

function findPlaces(dockerfile: DockerfileNode): readonly PlacedNode[] {
  const { args, stages } = dockerfile;
  const before = args.map((node) => ({ node, place: { dockerfile, position: -1, isFinal: false } }));
  const within = stages.flatMap((stage, index) =>
    [stage.from, ...stage.instructions].map((node, at) => ({
      node,
      place: { dockerfile, stage, position: at - 1, isFinal: index === stages.length - 1 },
    })),
  );
  return [...before, ...within];
}
