import { rootOf } from '../../evaluate/stage-state.ts';
import { keywordOf } from '../keyword-of.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/json-args-recommended/ */
export const jsonArgsRecommended: LintRule = {
  name: 'JSONArgsRecommended',
  aliases: ['DL3025'],
  severity: 'warning',
  why: 'A shell in front of the process does not pass on signals such as the one that stops a container.',
  listen: ({ facts, report }) => ({
    instruction: ({ node, owner, state }) => {
      if (node.kind !== 'Cmd' && node.kind !== 'Entrypoint') return;
      if (node.command.form !== 'shell' || state.image.shell.length > 0) return;
      const message = `JSON arguments recommended for ${keywordOf(node)} to prevent unintended behavior related to OS signals`;
      const assumes = facts.assumption(rootOf(state).baseName);
      report({ node: owner, message, ...(assumes === undefined ? {} : { assumes }) });
    },
  }),
};
