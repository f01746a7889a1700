import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';
import { hasCacheFor } from '../shell/has-cache-for.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const apkWithoutNoCache: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'apk-without-no-cache',
    aliases: ['DL3019'],
    severity: 'info',
    why: 'The index of the packages stays in the image.',
  },
  (command, run) => {
    if (!isCommand(command, 'apk', 'add') || hasFlag(command, '--no-cache')) return undefined;
    if (hasCacheFor(run, /\/apk/u)) return undefined;
    return { message: '"apk add" leaves its index in the image.', hint: 'Add "--no-cache".' };
  },
);
