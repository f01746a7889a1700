import { wordText } from '../../ast/word-text.ts';
import { reprint } from '../reprint.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/redundant-target-platform/ */
export const redundantTargetPlatform: LintRule = {
  name: 'RedundantTargetPlatform',
  aliases: ['DL3065'],
  severity: 'warning',
  why: 'A base image is pulled for the target platform anyway.',
  listen: ({ report }) => ({
    from: ({ stage, platform, globals }) => {
      const written = stage.from.platform;
      if (platform === undefined || written === undefined) return;
      const names = [...platform.used, ...platform.unset];
      if (names.length !== 1 || names[0] !== 'TARGETPLATFORM') return;
      if (platform.value !== globals.get('TARGETPLATFORM')) return;
      report({
        node: stage.from,
        message: `Setting platform to predefined ${wordText(written)} in FROM is redundant as this is the default behavior`,
        fix: [reprint(stage.from, {}, 'platform')],
      });
    },
  }),
};
