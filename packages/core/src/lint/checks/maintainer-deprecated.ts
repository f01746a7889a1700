import { createLabel } from '../../ast/label.ts';
import { everyNode } from '../every-node.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/maintainer-deprecated/ */
export const maintainerDeprecated: LintRule = {
  name: 'MaintainerDeprecated',
  aliases: ['DL4000'],
  severity: 'warning',
  why: 'The label "org.opencontainers.image.authors" says the same where tools look for it.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      for (const node of everyNode(dockerfile)) {
        if (node.kind !== 'Maintainer') continue;
        const label = createLabel({ pairs: [['org.opencontainers.image.authors', node.name]] });
        report({
          node,
          message: 'Maintainer instruction is deprecated in favor of using label',
          fix: [{ node, replacement: [label] }],
        });
      }
    },
  }),
};
