import { wordText } from '../../ast/word-text.ts';
import { rootOf } from '../../evaluate/stage-state.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const copyToRelativeDestination: LintRule = {
  name: 'copy-to-relative-destination',
  aliases: ['DL3045'],
  severity: 'warning',
  why: 'Without WORKDIR the files go to whatever directory the base image ends in.',
  listen: ({ facts, report }) => ({
    instruction: ({ node, owner, state }) => {
      if ((node.kind !== 'Copy' && node.kind !== 'Add') || state.image.workingDir !== '') return;
      const dest = wordText(node.dest);
      if (/^(?:\/|\$|[A-Za-z]:|\\)/u.test(dest)) return;
      const assumes = facts.assumption(rootOf(state).baseName);
      report({
        node: owner,
        message: `The destination "${dest}" is relative, and there is no WORKDIR.`,
        hint: 'Add WORKDIR before it, or write an absolute path.',
        ...(assumes === undefined ? {} : { assumes }),
      });
    },
  }),
};
