import { externalImages } from '../external-images.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noUntaggedBase: LintRule = {
  name: 'no-untagged-base',
  aliases: ['DL3006'],
  severity: 'warning',
  why: 'Without a tag the newest image is taken, whatever it is by then.',
  listen: ({ facts, report }) => ({
    dockerfile: (dockerfile) => {
      for (const { node, reference } of externalImages(dockerfile, facts.options)) {
        if (!(!reference.includes('$') && !/[:@][^/]*$/u.test(reference))) continue;
        report({
          node,
          message: `The image "${reference}" has no tag.`,
          hint: 'Name a version, such as "debian:13-slim", or a digest.',
        });
      }
    },
  }),
};
