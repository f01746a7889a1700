import type { LintRule } from '../rule.ts';
import { shellTextOf } from '../shell/commands-of.ts';
import { splitCommands } from '../shell/split-commands.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const heredocWithoutSetE: LintRule = {
  name: 'heredoc-without-set-e',
  severity: 'warning',
  why: 'The script goes on after a command that failed, and the build with it.',
  listen: ({ report }) => ({
    instruction: ({ node, owner, state }) => {
      if (node.kind !== 'Run' || node.command.form !== 'script') return;
      const text = shellTextOf(node);
      if (!isPosixScript(text, state.image.shell) || isStrict(text, state.image.shell)) return;
      if (splitCommands(text).length < 2 || isOneList(text)) return;
      report({
        node: owner,
        message: 'The script does not stop at a command that fails.',
        hint: 'Begin it with "set -e".',
      });
    },
  }),
};

function isPosixScript(text: string, [program = '/bin/sh']: readonly string[]): boolean {
  return text.startsWith('#!')
    ? /^#!.*\b(?:sh|bash|ash|dash)\b/u.test(text)
    : !/powershell|pwsh|cmd/iu.test(program);
}

/** The SHELL counts only where the script names no interpreter of its own. */
function isStrict(text: string, shell: readonly string[]): boolean {
  const setsIt = ({ words }: { readonly words: readonly string[] }): boolean =>
    words[0] === 'set' && words.some((word) => /^-\w*e/u.test(word) || word === 'errexit');
  if (splitCommands(text).some(setsIt) || /^#!.*\s-\w*e/u.test(text)) return true;
  return !text.startsWith('#!') && shell.some((word) => /^-[a-z]*e[a-z]*$/u.test(word) || word === 'errexit');
}

/** One chain of commands, such as lines that end in "&&": its last status tells of every failure. */
function isOneList(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return (
    said.slice(0, -1).every((line) => /(?:&&|\\)$/u.test(line)) && !/[;|]|(?<!&)&(?!&)/u.test(said.join('\n'))
  );
}
