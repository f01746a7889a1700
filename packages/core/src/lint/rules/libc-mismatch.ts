import { wordText } from '../../ast/word-text.ts';
import type { LintRule } from '../rule.ts';
import { findStage, rootImage } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const libcMismatch: LintRule = {
  name: 'libc-mismatch',
  severity: 'error',
  why: 'Native modules are linked to one C library and do not load with the other.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      for (const stage of dockerfile.stages) {
        const own = libcOf(rootImage(stage, dockerfile));
        for (const node of stage.instructions) {
          if (node.kind !== 'Copy' || node.from?.kind !== 'name') continue;
          const from = findStage(node.from.name, dockerfile.stages);
          const other = from === undefined ? undefined : libcOf(rootImage(from, dockerfile));
          const isNative = node.sources.some((source) =>
            /(?:^|\/)(?:node_modules|site-packages|venv|\.venv)(?:\/|$)/u.test(wordText(source)),
          );
          if (!isNative || own === undefined || other === undefined || own === other) continue;
          report({
            node,
            message: `Packages installed for ${other} are copied into an image with ${own}.`,
            hint: 'Install them on an image of the same family as the final one.',
          });
        }
      }
    },
  }),
};

/** Only where the name says it. */
function libcOf(reference: string): 'glibc' | 'musl' | undefined {
  if (/(?:^|[/:-])alpine/u.test(reference)) return 'musl';
  if (/trixie|bookworm|bullseye|debian|ubuntu|noble|jammy|-slim\b/u.test(reference)) return 'glibc';
  // The official images of languages are made from Debian unless their tag says otherwise.
  return /^(?:docker\.io\/)?(?:library\/)?(?:node|python|ruby|php|golang|rust):/u.test(reference)
    ? 'glibc'
    : undefined;
}
