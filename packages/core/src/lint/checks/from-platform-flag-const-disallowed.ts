import { wordText } from '../../ast/word-text.ts';
import { isStagecraftError } from '../../errors/stagecraft-error.ts';
import { type Platform, parsePlatform } from '../../evaluate/platform.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/ */
export const fromPlatformFlagConstDisallowed: LintRule = {
  name: 'FromPlatformFlagConstDisallowed',
  aliases: ['DL3029'],
  severity: 'warning',
  why: 'A fixed platform keeps the image from being built for any other.',
  listen: ({ report }) => ({
    from: ({ stage, platform }) => {
      const { platform: written, name = '' } = stage.from;
      if (platform === undefined || written === undefined) return;
      if (platform.used.length + platform.unset.length > 0) return;
      const parsed = readPlatform(platform.value);
      const stageName = name.toLowerCase();
      if (parsed === undefined || [parsed.os, parsed.architecture].some((part) => stageName.includes(part)))
        return;
      report({
        node: stage.from,
        message: `FROM --platform flag should not use constant value "${wordText(written)}"`,
      });
    },
  }),
};

function readPlatform(text: string): Platform | undefined {
  try {
    return parsePlatform(text);
  } catch (error) {
    if (isStagecraftError(error)) return undefined;
    throw error;
  }
}
