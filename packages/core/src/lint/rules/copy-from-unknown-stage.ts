import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { findStage } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const copyFromUnknownStage: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'copy-from-unknown-stage',
    aliases: ['DL3022'],
    severity: 'warning',
    why: 'A name that no stage has is taken for an image and pulled from a registry.',
  },
  (node, { stage, dockerfile }) => {
    if (node.kind !== 'Copy' || stage === undefined) return undefined;
    const name = node.from?.kind === 'name' ? node.from.name : undefined;
    if (name === undefined || /[/:@$]/u.test(name) || findStage(name, dockerfile.stages) !== undefined)
      return undefined;
    return {
      message: `COPY --from names no stage: "${name}".`,
      hint: 'Name a stage, or write the image with its tag.',
    };
  },
);
