import { wordText } from '../../ast/word-text.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { chainOf } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const copyToRelativeDestination: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'copy-to-relative-destination',
    aliases: ['DL3045'],
    severity: 'warning',
    why: 'Without WORKDIR the files go to whatever directory the base image ends in.',
  },
  (node, { stage, dockerfile }) => {
    if (stage === undefined || (node.kind !== 'Copy' && node.kind !== 'Add')) return undefined;
    const dest = wordText(node.dest);
    if (/^(?:\/|\$|[A-Za-z]:|\\)/u.test(dest)) return undefined;
    const before = stage.instructions.slice(0, stage.instructions.indexOf(node));
    const [, ...parents] = chainOf(stage, dockerfile);
    const earlier = [...before, ...parents.flatMap(({ instructions }) => instructions)];
    if (earlier.some(({ kind }) => kind === 'Workdir')) return undefined;
    return {
      message: `The destination "${dest}" is relative, and there is no WORKDIR.`,
      hint: 'Add WORKDIR before it, or write an absolute path.',
    };
  },
);
