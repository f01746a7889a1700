import type { StageNode } from '../../ast/stage.ts';
import { wordText } from '../../ast/word-text.ts';
import type { LintedNode } from '../finding.ts';
import type { LintRule } from '../rule.ts';
import { chainOf, isRunnable, rootImage } from '../stage-chain.ts';

const hint = 'End with a numeric user, such as "USER 65532:65532", or start from an image that has one.';
/** Images that run as another user by themselves. */
const nonRoot =
  /nonroot|unprivileged|rootless|chiseled|^cgr\.dev\/|^dhi\.io\/|^gcr\.io\/distroless\/[^:]+:[^:]*nonroot/u;

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noRootUser: LintRule = {
  name: 'no-root-user',
  aliases: ['DL3002'],
  severity: 'warning',
  why: 'A process that breaks out of its container as root is root.',
  listen: ({ facts, report }) => ({
    dockerfile: (dockerfile) => {
      const last = dockerfile.stages.at(-1);
      if (last === undefined) return;
      const user = lastUser(chainOf(last, dockerfile));
      if (user !== undefined) {
        if (/^(?:root|0)(?::|$)/u.test(user.name)) {
          report({ node: user.node, message: `The image runs as "${user.name}".`, hint });
        }
        return;
      }
      const reference = rootImage(last, dockerfile);
      const own = facts.options.images?.[reference]?.config?.User ?? '';
      if (
        (reference === 'scratch' && !isRunnable(last, dockerfile)) ||
        reference.includes('$') ||
        nonRoot.test(reference) ||
        (own !== '' && !/^(?:root|0)(?::|$)/u.test(own))
      )
        return;
      const assumes = facts.assumption(reference);
      report({
        node: last.from,
        message: 'The image runs as root: nothing says another user.',
        hint,
        ...(assumes === undefined ? {} : { assumes }),
      });
    },
  }),
};

function lastUser(
  chain: readonly StageNode[],
): { readonly node: LintedNode; readonly name: string } | undefined {
  for (const { instructions } of chain) {
    const node = instructions.findLast(({ kind }) => kind === 'User');
    if (node?.kind === 'User') return { node, name: wordText(node.user) };
  }
  return undefined;
}
