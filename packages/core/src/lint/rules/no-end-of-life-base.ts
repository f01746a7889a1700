import { endOfLife } from '../data/end-of-life.ts';
import { externalImages } from '../external-images.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noEndOfLifeBase: LintRule = {
  name: 'no-end-of-life-base',
  severity: 'warning',
  why: 'Nobody mends the holes of an image whose support has ended.',
  listen: ({ facts, report }) => ({
    dockerfile: (dockerfile) => {
      for (const { node, reference } of externalImages(dockerfile, facts.options)) {
        const ended = endOfLife(reference);
        if (ended === undefined) continue;
        report({
          node,
          message:
            ended.month === undefined
              ? `The image "${reference}" is not built any more.`
              : `The support of "${reference}" ended in ${ended.month} or before.`,
          hint: `Use ${ended.instead}.`,
        });
      }
    },
  }),
};
