import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const zypperDistUpgrade: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'zypper-dist-upgrade',
    aliases: ['DL3035'],
    severity: 'warning',
    why: 'It changes the release the image is made from.',
  },
  (command) =>
    isCommand(command, 'zypper', 'dist-upgrade', 'dup')
      ? { message: '"zypper dist-upgrade" is run in an image.', hint: 'Start from the newer release.' }
      : undefined,
);
