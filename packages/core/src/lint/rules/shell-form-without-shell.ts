import { keywordOf } from '../keyword-of.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { chainOf, positionsOf, rootImage } from '../stage-chain.ts';

const shellLess = /^scratch$|^gcr\.io\/distroless\/(?![^@]*:[^@]*debug)|-chiseled/u;

/** @see https://docs.docker.com/build/building/best-practices/ */
export const shellFormWithoutShell: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'shell-form-without-shell',
    severity: 'error',
    why: 'There is no shell in the image that could run the text.',
  },
  (node, { stage, dockerfile }) => {
    if (stage === undefined || !('command' in node) || node.command === undefined) return undefined;
    if (node.command.form === 'exec') return undefined;
    const reference = rootImage(stage, dockerfile);
    const hasShell = chainOf(stage, dockerfile).some((each) => positionsOf(each, 'Shell').length > 0);
    if (hasShell || !shellLess.test(reference)) return undefined;
    return {
      message: `${keywordOf(node)} is in shell form, but "${reference}" has no shell.`,
      hint: 'Write a JSON array, such as ["/app", "--port", "8080"].',
    };
  },
);
