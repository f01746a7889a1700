import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf, isCommand, shellTextOf } from '../shell/commands-of.ts';
import { hasCacheFor } from '../shell/has-cache-for.ts';
import { isShipped } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const aptListsLeft: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'apt-lists-left',
    aliases: ['DL3009'],
    severity: 'info',
    why: 'The package lists make the image larger and grow old in it.',
  },
  (node, { stage, dockerfile }) => {
    if (node.kind !== 'Run' || stage === undefined || !isShipped(stage, dockerfile)) return undefined;
    if (!commandsOf(node).some((command) => isCommand(command, 'apt-get', 'update'))) return undefined;
    const isMounted = hasCacheFor(node, /^\/var\/lib\/apt(?:\/lists)?\/?$/u);
    if (isMounted || /\brm\b[^&;\n]*\/var\/lib\/apt/u.test(shellTextOf(node))) return undefined;
    return {
      message: 'The package lists stay in the image.',
      hint: 'End the RUN with "rm -rf /var/lib/apt/lists/*", or mount a cache there.',
    };
  },
);
