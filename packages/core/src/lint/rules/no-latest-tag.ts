import { externalImages } from '../external-images.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/#pin-base-image-versions */
export const noLatestTag: LintRule = {
  name: 'no-latest-tag',
  aliases: ['DL3007'],
  severity: 'warning',
  why: 'A moving tag makes the same Dockerfile build different images.',
  listen: ({ facts, report }) => ({
    dockerfile: (dockerfile) => {
      for (const { node, reference } of externalImages(dockerfile, facts.options)) {
        if (!/:latest$/u.test(reference)) continue;
        report({
          node,
          message: `The image "${reference}" has the tag "latest".`,
          hint: 'Name a version, such as "debian:13-slim".',
        });
      }
    },
  }),
};
