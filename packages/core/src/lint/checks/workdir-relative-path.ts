import { isAbsolutePath } from '../../evaluate/paths.ts';
import { osOf, type StageState } from '../../evaluate/stage-state.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/workdir-relative-path/ */
export const workdirRelativePath: LintRule = {
  name: 'WorkdirRelativePath',
  aliases: ['DL3000'],
  severity: 'warning',
  why: 'A relative path goes below whatever directory the base image happens to end in.',
  listen: ({ report }) => {
    const known = new Set<StageState>();
    const isKnown = (state: StageState | undefined): boolean =>
      state !== undefined && (known.has(state) || isKnown(state.base));
    return {
      word: ({ node, owner, state, values }) => {
        if (node.kind !== 'Workdir') return;
        const [path = ''] = values;
        if (!isKnown(state) && !isAbsolutePath(path, osOf(state))) {
          report({
            node: owner,
            message: `Relative workdir "${path}" can have unexpected results if the base image changes`,
          });
        }
        known.add(state);
      },
    };
  },
};
