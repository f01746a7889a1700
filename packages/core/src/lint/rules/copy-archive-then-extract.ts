import { wordText } from '../../ast/word-text.ts';
import type { LintRule } from '../rule.ts';
import { shellTextOf } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const copyArchiveThenExtract: LintRule = {
  name: 'copy-archive-then-extract',
  aliases: ['DL3010'],
  severity: 'info',
  why: 'ADD unpacks an archive, and the archive itself stays out of the image.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      for (const { instructions } of stages) {
        for (const [index, node] of instructions.entries()) {
          if (node.kind !== 'Copy' || node.from !== undefined) continue;
          const archive = node.sources
            .map((source) => wordText(source))
            .find((source) => /\.(?:tar(?:\.\w+)?|tgz|txz|tbz2)$/u.test(source));
          const name = archive?.slice(archive.lastIndexOf('/') + 1);
          if (name === undefined || name.includes('*')) continue;
          const isExtracted = instructions
            .slice(index + 1)
            .some(
              (later) =>
                later.kind === 'Run' &&
                shellTextOf(later).includes(name) &&
                /\btar\b/u.test(shellTextOf(later)),
            );
          if (isExtracted)
            report({ node, message: `The archive "${name}" is copied and then unpacked.`, hint: 'Use ADD.' });
        }
      }
    },
  }),
};
