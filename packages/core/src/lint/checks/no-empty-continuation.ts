import { everyNode } from '../every-node.ts';
import { reprint } from '../reprint.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/no-empty-continuation/ */
export const noEmptyContinuation: LintRule = {
  name: 'NoEmptyContinuation',
  severity: 'warning',
  why: 'An empty line inside a continued instruction will be an error in a later version.',
  ignoresComments: true,
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      for (const node of everyNode(dockerfile)) {
        const { location, emptyContinuationLine } = node.source ?? {};
        if (location === undefined || emptyContinuationLine === undefined) continue;
        const line = location.endLine ?? location.line;
        report({
          node,
          message: 'Empty continuation line',
          where: { ...location, line, column: 1 },
          fix: [reprint(node)],
        });
      }
    },
  }),
};
