import type { DockerfileNode } from '../../ast/dockerfile.ts';
import type { StageNode } from '../../ast/stage.ts';
import { wordText } from '../../ast/word-text.ts';
import { keywordOf } from '../keyword-of.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { chainOf, positionsOf, rootImage } from '../stage-chain.ts';

const shellLess =
  /^scratch$|^gcr\.io\/distroless\/(?![^@]*:[^@]*debug)|^cgr\.dev\/chainguard\/(?:static|glibc-dynamic)(?![^@]*-dev)|-chiseled/u;

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
    if (!shellLess.test(reference)) return undefined;
    const chain = chainOf(stage, dockerfile);
    const hasShell = chain.some((each) => positionsOf(each, 'Shell').length > 0);
    if (hasShell || (reference === 'scratch' && isFilled(stage, dockerfile))) return undefined;
    return {
      message: `${keywordOf(node)} is in shell form, but "${reference}" has no shell.`,
      hint: 'Write a JSON array, such as ["/app", "--port", "8080"].',
    };
  },
);

const filled = new WeakMap<StageNode, boolean>();

/** Whether files were copied to where a shell may come with them, as base images are made. */
function isFilled(stage: StageNode, dockerfile: DockerfileNode): boolean {
  const known =
    filled.get(stage) ??
    chainOf(stage, dockerfile).some(({ instructions }) =>
      instructions.some(
        (node) =>
          (node.kind === 'Copy' || node.kind === 'Add') &&
          /^\/(?:(?:usr(?:\/(?:local\/)?s?bin)?|s?bin)(?:\/.*)?)?$/u.test(wordText(node.dest)),
      ),
    );
  filled.set(stage, known);
  return known;
}
