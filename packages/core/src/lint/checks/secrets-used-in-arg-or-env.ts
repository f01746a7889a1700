import { expandWord } from '../../evaluate/expand-word.ts';
import type { InstructionVisit } from '../../evaluate/observer.ts';
import type { LintRule } from '../rule.ts';

const secret = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/iu;
const harmless = /(?:^|_)(?:public|file|version)(?:_|$)/iu;

/** @see https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ */
export const secretsUsedInArgOrEnv: LintRule = {
  name: 'SecretsUsedInArgOrEnv',
  aliases: ['DL3064'],
  severity: 'warning',
  why: 'Values of ARG and ENV stay readable in the history of the image.',
  listen: ({ report }) => ({
    instruction: (visit) => {
      for (const name of namesOf(visit)) {
        if (!secret.test(name) || harmless.test(name)) continue;
        const keyword = visit.node.kind.toUpperCase();
        report({
          node: visit.owner,
          message: `Do not use ARG or ENV instructions for sensitive data (${keyword} "${name}")`,
          hint: 'Mount it as a secret in the RUN that needs it.',
        });
      }
    },
  }),
};

function namesOf({ node, state }: InstructionVisit): readonly string[] {
  if (node.kind === 'Arg') return node.args.map(({ name }) => name);
  if (node.kind === 'Env') return node.pairs.map(([key]) => expandWord(key, state.environment).value);
  return [];
}
