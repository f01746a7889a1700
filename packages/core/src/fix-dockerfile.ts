import { createDockerfile, type DockerfileNode } from './ast/dockerfile.ts';
import { createStage } from './ast/stage.ts';
import type { Finding, LintedNode } from './lint/finding.ts';

/**
 * The Dockerfile with the safe fixes of these findings; instructions they do not touch keep their text when it is printed with `keepText`.
 *
 * Of fixes that touch the same instruction the first is made: lint again for the others.
 * @example
 * const dockerfile = parseDockerfile(text);
 * toDockerfile(fixDockerfile(dockerfile, lint(dockerfile).findings), { keepText: true });
 */
export function fixDockerfile(dockerfile: DockerfileNode, findings: readonly Finding[]): DockerfileNode {
  const edits = new Map<LintedNode, readonly LintedNode[]>();
  for (const { fix = [] } of findings) {
    if (fix.some(({ node }) => edits.has(node))) continue;
    for (const { node, replacement } of fix) edits.set(node, replacement);
  }
  const edited = <Node extends LintedNode>(node: Node): readonly Node[] =>
    (edits.get(node) ?? [node]) as readonly Node[];
  return createDockerfile({
    ...dockerfile,
    args: dockerfile.args.flatMap(edited),
    stages: dockerfile.stages.map(({ from, instructions }) =>
      createStage({ from: edited(from)[0] ?? from, instructions: instructions.flatMap(edited) }),
    ),
  });
}
