import { externalImages } from '../external-images.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const pinDigest: LintRule = {
  name: 'pin-digest',
  severity: 'info',
  isOff: true,
  why: 'Only a digest names exactly one image for ever.',
  listen: ({ facts, report }) => ({
    dockerfile: (dockerfile) => {
      for (const { node, reference } of externalImages(dockerfile, facts.options)) {
        if (!(!reference.includes('@') && !reference.includes('$'))) continue;
        report({
          node,
          message: `The image "${reference}" is not pinned by a digest.`,
          hint: 'Add "@sha256:…", and let a bot keep it up to date.',
        });
      }
    },
  }),
};
