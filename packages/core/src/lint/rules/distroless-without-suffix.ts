import { externalImages } from '../external-images.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const distrolessWithoutSuffix: LintRule = {
  name: 'distroless-without-suffix',
  severity: 'warning',
  why: 'The names without a Debian version move to the next Debian without notice.',
  listen: ({ facts, report }) => ({
    dockerfile: (dockerfile) => {
      for (const { node, reference } of externalImages(dockerfile, facts.options)) {
        if (
          !(
            /^gcr\.io\/distroless\/[a-z0-9-]+(?:[:@]|$)/u.test(reference) &&
            !/-debian\d+(?:[:@]|$)/u.test(reference)
          )
        )
          continue;
        report({
          node,
          message: `The image "${reference}" does not say which Debian it is made from.`,
          hint: 'Add the version, such as "gcr.io/distroless/static-debian13:nonroot".',
        });
      }
    },
  }),
};
