import type { StageState } from '../../evaluate/stage-state.ts';
import type { LintedNode } from '../finding.ts';
import { keywordOf } from '../keyword-of.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/ */
export const multipleInstructionsDisallowed: LintRule = {
  name: 'MultipleInstructionsDisallowed',
  aliases: ['DL3012', 'DL4003', 'DL4004'],
  severity: 'warning',
  why: 'Of several CMD, ENTRYPOINT or HEALTHCHECK instructions only the last counts.',
  listen: ({ report }) => {
    const earlier = new Map<StageState, Map<string, LintedNode>>();
    return {
      instruction: ({ node, owner, state }) => {
        if (node.kind !== 'Cmd' && node.kind !== 'Entrypoint' && node.kind !== 'HealthCheck') return;
        const own = earlier.get(state) ?? new Map<string, LintedNode>();
        const before = own.get(node.kind);
        if (before !== undefined) {
          report({
            node: before,
            judgedBy: owner,
            message: `Multiple ${keywordOf(node)} instructions should not be used in the same stage because only the last one will be used`,
          });
        }
        earlier.set(state, own.set(node.kind, owner));
      },
    };
  },
};
