import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf, shellTextOf } from '../shell/commands-of.ts';
import { chainOf } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const usePipefail: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'use-pipefail',
    aliases: ['DL4006'],
    severity: 'warning',
    why: 'Of a pipe only the last command decides whether the RUN failed.',
  },
  (node, { stage, dockerfile }) => {
    if (node.kind !== 'Run' || stage === undefined || !commandsOf(node).some(({ isPiped }) => isPiped))
      return undefined;
    if (/\bpipefail\b/u.test(shellTextOf(node))) return undefined;
    const shell = chainOf(stage, dockerfile)
      .flatMap(({ instructions }) => instructions.toReversed())
      .find((other) => other.kind === 'Shell');
    if (
      shell?.kind === 'Shell' &&
      (shell.argv.some((word) => word.includes('pipefail')) ||
        /powershell|pwsh|cmd/iu.test(shell.argv[0] ?? ''))
    )
      return undefined;
    return {
      message: 'A command before a pipe may fail unnoticed.',
      hint: 'Set SHELL ["/bin/bash", "-o", "pipefail", "-c"] before it.',
    };
  },
);
