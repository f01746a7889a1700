import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const useNpmCi: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'use-npm-ci',
    severity: 'warning',
    why: '"npm install" may write another lockfile than the one that was tested.',
  },
  (command) => {
    if (!isCommand(command, 'npm', 'install', 'i') || hasFlag(command, '-g', '--global', '--location'))
      return undefined;
    const packages = command.words
      .slice(1)
      .filter((word) => !word.startsWith('-'))
      .slice(1);
    if (packages.length > 0) return undefined;
    return { message: '"npm install" does not keep to the lockfile.', hint: 'Use "npm ci".' };
  },
);
