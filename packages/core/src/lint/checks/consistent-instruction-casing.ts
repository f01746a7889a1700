import { keywordOf } from '../keyword-of.ts';
import { reprint } from '../reprint.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/consistent-instruction-casing/ */
export const consistentInstructionCasing: LintRule = {
  name: 'ConsistentInstructionCasing',
  severity: 'warning',
  why: 'Instructions in one case are easier to tell from their arguments.',
  ignoresComments: true,
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      const nodes = stages.flatMap(({ from, instructions }) => [from, ...instructions]);
      const lower = nodes.filter((node) => isLower(keywordOf(node))).length;
      const upper = nodes.filter((node) => isUpper(keywordOf(node))).length;
      const [majority, fits] =
        lower > upper ? (['lowercase', isLower] as const) : (['uppercase', isUpper] as const);
      for (const node of nodes) {
        const keyword = keywordOf(node);
        if (fits(keyword)) continue;
        report({
          node,
          message: `Command '${keyword}' should match the case of the command majority (${majority})`,
          ...(majority === 'uppercase' ? { fix: [reprint(node)] } : {}),
        });
      }
    },
  }),
};

function isLower(keyword: string): boolean {
  return keyword === keyword.toLowerCase();
}

function isUpper(keyword: string): boolean {
  return keyword === keyword.toUpperCase();
}
