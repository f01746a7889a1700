import { reprint } from '../reprint.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/stage-name-casing/ */
export const stageNameCasing: LintRule = {
  name: 'StageNameCasing',
  severity: 'warning',
  why: 'Stage names are compared in lower case, so capitals only mislead.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      for (const { from } of stages) {
        if (from.name === undefined || from.name === from.name.toLowerCase()) continue;
        report({
          node: from,
          message: `Stage name '${from.name}' should be lowercase`,
          fix: [reprint(from, { name: from.name.toLowerCase() })],
        });
      }
    },
  }),
};
