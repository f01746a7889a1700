import { keywordOf } from '../keyword-of.ts';
import { reprint } from '../reprint.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/legacy-key-value-format/ */
export const legacyKeyValueFormat: LintRule = {
  name: 'LegacyKeyValueFormat',
  severity: 'warning',
  why: 'The form with a blank takes one variable only, and everything behind the blank as its value.',
  listen: ({ report }) => ({
    instruction: ({ node, owner }) => {
      if ((node.kind !== 'Env' && node.kind !== 'Label') || node.legacy !== true) return;
      const keyword = keywordOf(node);
      report({
        node: owner,
        message: `"${keyword} key=value" should be used instead of legacy "${keyword} key value" format`,
        ...(owner === node ? { fix: [reprint(node, {}, 'legacy')] } : {}),
      });
    },
  }),
};
