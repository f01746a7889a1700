import { rootOf } from '../../evaluate/stage-state.ts';
import { closestName } from '../closest-name.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/undefined-var/ */
export const undefinedVar: LintRule = {
  name: 'UndefinedVar',
  severity: 'warning',
  why: 'A variable that nothing sets is empty, which is seldom what was meant.',
  listen: ({ facts, report }) => ({
    word: ({ node, owner, state, unset }) => {
      if (node.kind === 'Expose') return;
      for (const name of unset) {
        if (state.declaredArgs.has(name)) continue;
        const close = closestName(name, state.environment.keys());
        const suggestion = close === undefined ? '' : ` (did you mean $${close}?)`;
        const assumes = facts.assumption(rootOf(state).baseName);
        report({
          node: owner,
          message: `Usage of undefined variable '$${name}'${suggestion}`,
          ...(assumes === undefined ? {} : { assumes }),
        });
      }
    },
  }),
};
