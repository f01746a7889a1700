import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/expose-proto-casing/ */
export const exposeProtoCasing: LintRule = {
  name: 'ExposeProtoCasing',
  severity: 'warning',
  why: 'Protocols are written in lower case everywhere else.',
  listen: ({ report }) => ({
    word: ({ node, owner, values }) => {
      if (node.kind !== 'Expose') return;
      for (const value of values) {
        const protocol = value.split('/').slice(1).join('/');
        if (protocol === protocol.toLowerCase()) continue;
        report({
          node: owner,
          message: `Defined protocol '${value}' in EXPOSE instruction should be lowercase`,
        });
      }
    },
  }),
};
