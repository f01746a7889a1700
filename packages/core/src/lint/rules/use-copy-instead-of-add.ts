import { createCopy } from '../../ast/copy.ts';
import { wordText } from '../../ast/word-text.ts';
import { sourceKind } from '../../evaluate/remote-source.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';

const archive = /\.(?:tar|tgz|tbz2?|txz|tzst|tar\.(?:gz|bz2|xz|zst|lz|lzma|Z))$/u;

/** @see https://docs.docker.com/build/building/best-practices/ */
export const useCopyInsteadOfAdd: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'use-copy-instead-of-add',
    aliases: ['DL3020'],
    severity: 'warning',
    why: 'ADD also unpacks and downloads; COPY says that nothing of the sort is meant.',
  },
  (node) => {
    if (node.kind !== 'Add' || node.sources.length === 0) return undefined;
    const isPlain = node.sources.every((source) => {
      const text = wordText(source);
      return sourceKind(text) === 'path' && !archive.test(text) && !/[$*?[]/u.test(text);
    });
    if (!isPlain || node.checksum !== undefined || node.keepGitDir !== undefined || node.unpack !== undefined)
      return undefined;
    const { kind: _, source: __, ...fields } = node;
    return {
      message: 'ADD copies plain files.',
      hint: 'Write COPY.',
      ...(node.sources.every((source) => saysWhatItIs(wordText(source)))
        ? { fix: [{ node, replacement: [createCopy(fields)] }] }
        : {}),
    };
  },
);

/** A directory by its "/", a file by its extension; a name without either may be a tar archive, which ADD unpacks. */
function saysWhatItIs(path: string): boolean {
  return path.endsWith('/') || /(?:^|\/)\.{1,2}$|[^/]\.[^/.]+$/u.test(path);
}
