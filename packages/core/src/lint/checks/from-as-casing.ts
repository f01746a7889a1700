import { reprint } from '../reprint.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/from-as-casing/ */
export const fromAsCasing: LintRule = {
  name: 'FromAsCasing',
  severity: 'warning',
  why: 'Keywords of one line that differ in case are hard to read.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      for (const { from } of stages) {
        const { keyword = 'FROM', args = [] } = from.source ?? {};
        const [, as] = args;
        if (as === undefined || from.name === undefined) continue;
        const wanted =
          keyword === 'FROM' ? as.toUpperCase() : keyword === 'from' ? as.toLowerCase() : undefined;
        if (wanted === undefined || wanted === as) continue;
        report({
          node: from,
          message: `'${as}' and '${keyword}' keywords' casing do not match`,
          ...(keyword === 'FROM' ? { fix: [reprint(from)] } : {}),
        });
      }
    },
  }),
};
