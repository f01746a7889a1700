import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const consecutiveRun: LintRule = {
  name: 'consecutive-run',
  aliases: ['DL3059'],
  severity: 'info',
  isOff: true,
  why: 'Each RUN makes a layer; steps that belong together make one.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      for (const { instructions } of stages) {
        for (const [index, node] of instructions.entries()) {
          const before = instructions[index - 1];
          if (node.kind !== 'Run' || before?.kind !== 'Run') continue;
          if (
            (node.mounts?.length ?? 0) > 0 ||
            (before.mounts?.length ?? 0) > 0 ||
            node.network !== before.network
          )
            continue;
          report({
            node,
            message: 'Two RUN instructions follow each other.',
            hint: 'Join them with "&&" where they belong together.',
          });
        }
      }
    },
  }),
};
