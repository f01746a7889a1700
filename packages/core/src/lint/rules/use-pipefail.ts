import type { DockerfileNode } from '../../ast/dockerfile.ts';
import type { InstructionNode } from '../../ast/index.ts';
import type { StageNode } from '../../ast/stage.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf, shellTextOf } from '../shell/commands-of.ts';
import { chainOf, positionsOf } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const usePipefail: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'use-pipefail',
    aliases: ['DL4006'],
    severity: 'warning',
    why: 'Of a pipe only the last command decides whether the RUN failed.',
  },
  (node, { stage, position, dockerfile }) => {
    if (node.kind !== 'Run' || stage === undefined || !commandsOf(node).some(({ isPiped }) => isPiped))
      return undefined;
    if (/\bpipefail\b/u.test(shellTextOf(node))) return undefined;
    const shell = lastShell(stage, position, dockerfile);
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

/** The SHELL that counts for an instruction: the last before it, or of the stages below. */
function lastShell(
  stage: StageNode,
  position: number,
  dockerfile: DockerfileNode,
): InstructionNode | undefined {
  const [own, ...parents] = chainOf(stage, dockerfile);
  const before = positionsOf(stage, 'Shell').findLast((index) => index < position);
  if (before !== undefined) return own?.instructions[before];
  const parent = parents.find((each) => positionsOf(each, 'Shell').length > 0);
  return parent?.instructions[positionsOf(parent, 'Shell').at(-1) ?? -1];
}
