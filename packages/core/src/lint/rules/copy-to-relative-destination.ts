import { wordText } from '../../ast/word-text.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { chainOf, positionsOf } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const copyToRelativeDestination: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'copy-to-relative-destination',
    aliases: ['DL3045'],
    severity: 'warning',
    why: 'Without WORKDIR the files go to whatever directory the base image ends in.',
  },
  (node, { stage, position, dockerfile }) => {
    if (stage === undefined || (node.kind !== 'Copy' && node.kind !== 'Add')) return undefined;
    const dest = wordText(node.dest);
    if (/^(?:\/|\$|[A-Za-z]:|\\)/u.test(dest)) return undefined;
    const [first = Number.POSITIVE_INFINITY] = positionsOf(stage, 'Workdir');
    const [, ...parents] = chainOf(stage, dockerfile);
    if (first < position || parents.some((parent) => positionsOf(parent, 'Workdir').length > 0))
      return undefined;
    return {
      message: `The destination "${dest}" is relative, and there is no WORKDIR.`,
      hint: 'Add WORKDIR before it, or write an absolute path.',
    };
  },
);
