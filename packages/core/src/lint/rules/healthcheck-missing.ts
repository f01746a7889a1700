import type { LintRule } from '../rule.ts';
import { chainOf, positionsOf } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const healthcheckMissing: LintRule = {
  name: 'healthcheck-missing',
  aliases: ['DL3057'],
  severity: 'info',
  isOff: true,
  why: 'Without HEALTHCHECK the engine only knows that the process lives.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      const last = dockerfile.stages.at(-1);
      if (last === undefined) return;
      if (chainOf(last, dockerfile).some((each) => positionsOf(each, 'HealthCheck').length > 0)) return;
      report({ node: last.from, message: 'The image has no HEALTHCHECK.', hint: 'Add one in exec form.' });
    },
  }),
};
