import { formatPlatform } from '../../evaluate/platform.ts';
import type { LintRule } from '../rule.ts';

/** BuildKit has no page about this check. @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/linter/ruleset.go */
export const invalidBaseImagePlatform: LintRule = {
  name: 'InvalidBaseImagePlatform',
  severity: 'warning',
  why: 'An image of another platform only runs under emulation, if at all.',
  ignoresComments: true,
  listen: ({ report }) => ({
    base: ({ owner, reference, expected, actual }) => {
      if (expected.os === actual.os && expected.architecture === actual.architecture) return;
      report({
        node: owner,
        message: `Base image ${reference} was pulled with platform "${formatPlatform(actual)}", expected "${formatPlatform(expected)}" for current build`,
      });
    },
  }),
};
