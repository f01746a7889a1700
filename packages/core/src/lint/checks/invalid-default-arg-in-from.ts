import { wordText } from '../../ast/word-text.ts';
import { isStagecraftError } from '../../errors/stagecraft-error.ts';
import { baseWord } from '../../evaluate/create-stages.ts';
import { expandWord } from '../../evaluate/expand-word.ts';
import { globalArgs } from '../../evaluate/global-args.ts';
import { imageReferenceProblem } from '../../evaluate/image-reference.ts';
import type { LintRule, RuleContext } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/ */
export const invalidDefaultArgInFrom: LintRule = {
  name: 'InvalidDefaultArgInFrom',
  severity: 'warning',
  why: 'Without build arguments the Dockerfile can not be built.',
  ignoresComments: true,
  listen: (context) => ({
    dockerfile: () => {
      try {
        check(context);
      } catch (error) {
        // What can't be expanded is an error of the evaluation, which reports it.
        if (!isStagecraftError(error)) throw error;
      }
    },
  }),
};

function check({ dockerfile, facts, report }: RuleContext): void {
  const { buildPlatform, targetPlatform } = facts;
  const targetStage = dockerfile.stages.at(-1)?.from.name?.toLowerCase() ?? 'default';
  const defaults = globalArgs(dockerfile, { buildPlatform, targetPlatform, targetStage, buildArgs: {} });
  for (const { from } of dockerfile.stages) {
    const word = baseWord(from, dockerfile);
    const { value } = expandWord(word, defaults);
    if (value !== '' && imageReferenceProblem(value) === undefined) continue;
    report({
      node: from,
      message: `Default value for ARG ${wordText(word)} results in empty or invalid base image name`,
    });
  }
}
