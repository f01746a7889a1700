import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/expose-invalid-format/ */
export const exposeInvalidFormat: LintRule = {
  name: 'ExposeInvalidFormat',
  severity: 'warning',
  why: 'Addresses and host ports are chosen when a container runs, not in its image.',
  listen: ({ report }) => ({
    word: ({ node, owner, values }) => {
      if (node.kind !== 'Expose') return;
      for (const value of values) {
        if (value.lastIndexOf(':') < 1) continue;
        report({
          node: owner,
          message: `EXPOSE instruction should not define an IP address or host-port mapping, found '${value}'`,
        });
      }
    },
  }),
};
