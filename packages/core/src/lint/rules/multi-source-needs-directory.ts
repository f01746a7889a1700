import { wordText } from '../../ast/word-text.ts';
import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/reference/dockerfile/#copy */
export const multiSourceNeedsDirectory: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'multi-source-needs-directory',
    aliases: ['DL3021'],
    severity: 'error',
    why: 'Several files can only go into a directory, and only a final "/" says on every builder that it is one.',
  },
  (node) => {
    if (node.kind !== 'Copy' && node.kind !== 'Add') return undefined;
    const dest = wordText(node.dest);
    const isSeveral =
      node.sources.length > 1 || node.sources.some((source) => mayBeSeveral(wordText(source), dest));
    if (!isSeveral || dest.endsWith('/') || dest.includes('$')) return undefined;
    return {
      message: `Several files may go to "${dest}", which does not end in "/".`,
      hint: `Write "${dest}/".`,
    };
  },
);

/** A pattern that matches one file often serves to rename it: `COPY target/*.jar app.jar`. */
function mayBeSeveral(source: string, dest: string): boolean {
  if (!/[*?[]/u.test(source)) return false;
  return /(?:^|\/)\.{1,2}$/u.test(dest) || (hasExtension(source) && !hasExtension(dest));
}

function hasExtension(path: string): boolean {
  return /[^/]\.[^/.]+$/u.test(path);
}
