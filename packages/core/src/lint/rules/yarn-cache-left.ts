import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf, isCommand } from '../shell/commands-of.ts';
import { hasCacheFor } from '../shell/has-cache-for.ts';
import { isShipped } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const yarnCacheLeft: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'yarn-cache-left',
    aliases: ['DL3060'],
    severity: 'info',
    why: 'What Yarn downloaded stays in the image.',
  },
  (node, { stage, dockerfile }) => {
    if (node.kind !== 'Run' || stage === undefined || !isShipped(stage, dockerfile)) return undefined;
    const commands = commandsOf(node);
    if (!commands.some((command) => isCommand(command, 'yarn', 'install'))) return undefined;
    if (commands.some((command) => isCommand(command, 'yarn', 'cache')) || hasCacheFor(node, /yarn/u))
      return undefined;
    return {
      message: 'The cache of Yarn stays in the image.',
      hint: 'Mount a cache there, or end the RUN with "yarn cache clean".',
    };
  },
);
