import { endOfLife } from '../data/end-of-life.ts';
import { externalImages } from '../external-images.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noEndOfLifeBase: LintRule = {
  name: 'no-end-of-life-base',
  severity: 'warning',
  why: 'Nobody mends the holes of an image whose support has ended.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      for (const { node, reference } of externalImages(dockerfile)) {
        const ended = endOfLife(reference);
        if (ended === undefined) continue;
        report({
          node,
          message: `The support of "${reference}" ended in ${ended.month}.`,
          hint: `Use ${ended.instead}.`,
        });
      }
    },
  }),
};
