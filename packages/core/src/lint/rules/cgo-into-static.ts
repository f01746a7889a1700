import type { InstructionNode } from '../../ast/index.ts';
import type { StageNode } from '../../ast/stage.ts';
import { wordText } from '../../ast/word-text.ts';
import type { LintRule } from '../rule.ts';
import { shellTextOf } from '../shell/commands-of.ts';
import { chainOf, findStage, isRunnable, rootImage } from '../stage-chain.ts';
import { unquoted } from '../unquoted.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const cgoIntoStatic: LintRule = {
  name: 'cgo-into-static',
  severity: 'error',
  why: 'The binary is linked to a C library that the image does not have.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      for (const stage of dockerfile.stages) {
        if (!/^scratch$|^gcr\.io\/distroless\/static(?:-|:|@|$)/u.test(rootImage(stage, dockerfile)))
          continue;
        if (!isRunnable(stage, dockerfile)) continue;
        for (const node of stage.instructions) {
          if (node.kind !== 'Copy' || node.from?.kind !== 'name') continue;
          const from = findStage(node.from.name, dockerfile.stages);
          if (
            from === undefined ||
            // Those made from Alpine have no C compiler, and then Go does without C.
            !/^(?:docker\.io\/)?(?:library\/)?golang:(?![^@]*alpine)/u.test(rootImage(from, dockerfile))
          )
            continue;
          if (!compilesWithCgo(chainOf(from, dockerfile))) continue;
          report({
            node,
            message: 'A Go binary that may be linked to glibc is copied into an image without it.',
            hint: 'Compile with CGO_ENABLED=0, or use "gcr.io/distroless/base-nossl-debian13:nonroot".',
          });
          break;
        }
      }
    },
  }),
};

function compilesWithCgo(chain: readonly StageNode[]): boolean {
  const nodes = chain.flatMap(({ instructions }) => instructions);
  const isOff = nodes.some(
    (node) =>
      settings(node).some(([name, value]) => name === 'CGO_ENABLED' && value === '0') ||
      (node.kind === 'Run' && /CGO_ENABLED=["']?0|-extldflags\b[^&]*-static|musl/u.test(shellTextOf(node))),
  );
  return !isOff && nodes.some((node) => node.kind === 'Run' && /\bgo build\b/u.test(shellTextOf(node)));
}

/** What ENV and ARG give to a RUN. */
function settings(node: InstructionNode): readonly (readonly [string, string])[] {
  if (node.kind === 'Env')
    return node.pairs.map(([key, value]) => [wordText(key), unquoted(wordText(value))]);
  if (node.kind !== 'Arg') return [];
  return node.args.map(({ name, default: value }) => [name, unquoted(wordText(value ?? ''))]);
}
