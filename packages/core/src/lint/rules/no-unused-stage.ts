import type { Origin } from '../../ast/origin.ts';
import { originsOf } from '../../graph/map-origins.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noUnusedStage: LintRule = {
  name: 'no-unused-stage',
  severity: 'warning',
  why: 'Nothing can be built from a stage that has no name and that nothing refers to.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      const numbers = new Set(
        stages.flatMap(({ instructions }) => instructions.flatMap(originsOf)).map(numberOf),
      );
      for (const [index, { from }] of stages.slice(0, -1).entries()) {
        if (from.name !== undefined || numbers.has(index)) continue;
        report({
          node: from,
          message: `Nothing uses stage number ${index}.`,
          hint: 'Remove it, or give it a name: FROM … AS name.',
        });
      }
    },
  }),
};

function numberOf(origin: Origin): number {
  return origin.kind === 'name' && /^\d+$/u.test(origin.name) ? Number(origin.name) : -1;
}
