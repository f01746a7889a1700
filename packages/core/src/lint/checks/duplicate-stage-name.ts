import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/duplicate-stage-name/ */
export const duplicateStageName: LintRule = {
  name: 'DuplicateStageName',
  aliases: ['DL3024'],
  severity: 'error',
  why: 'Of two stages with one name only the later can be referred to.',
  ignoresComments: true,
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      const seen = new Set<string>();
      for (const { from } of stages) {
        const name = from.name?.toLowerCase();
        if (name === undefined) continue;
        if (seen.has(name))
          report({ node: from, message: `Duplicate stage name "${name}", stage names should be unique` });
        seen.add(name);
      }
    },
  }),
};
