import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const healthcheckMissing: LintRule = {
  name: 'healthcheck-missing',
  aliases: ['DL3057'],
  severity: 'info',
  isOff: true,
  why: 'Without HEALTHCHECK the engine only knows that the process lives.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      const last = stages.at(-1);
      if (last === undefined || last.instructions.some(({ kind }) => kind === 'HealthCheck')) return;
      report({ node: last.from, message: 'The image has no HEALTHCHECK.', hint: 'Add one in exec form.' });
    },
  }),
};
