import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noCdInRun: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'no-cd-in-run',
    aliases: ['DL3003'],
    severity: 'warning',
    why: 'The next instruction starts in the old directory again.',
  },
  (node) => {
    if (node.kind !== 'Run' || node.command.form !== 'shell') return undefined;
    const [first] = commandsOf(node);
    if (first?.words[0] !== 'cd' || first.words.length < 2) return undefined;
    return { message: `RUN changes the directory to "${first.words[1]}".`, hint: 'Use WORKDIR.' };
  },
);
