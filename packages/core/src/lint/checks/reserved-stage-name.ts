import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/reserved-stage-name/ */
export const reservedStageName: LintRule = {
  name: 'ReservedStageName',
  aliases: ['DL3063'],
  severity: 'error',
  why: 'A stage named like a reserved word can never be reached by its name.',
  ignoresComments: true,
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      for (const { from } of stages) {
        const name = from.name?.toLowerCase() ?? '';
        if (name !== 'scratch' && name !== 'context') continue;
        report({
          node: from,
          message: `Stage name should not use the same name as reserved stage "${name}"`,
        });
      }
    },
  }),
};
