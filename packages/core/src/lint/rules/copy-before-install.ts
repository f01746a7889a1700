import type { InstructionNode } from '../../ast/index.ts';
import { wordText } from '../../ast/word-text.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf, hasFlag, isCommand } from '../shell/commands-of.ts';
import type { SimpleCommand } from '../shell/split-commands.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const copyBeforeInstall: LintRule = {
  name: 'copy-before-install',
  severity: 'warning',
  why: 'Every change of any file installs all packages again.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      for (const { instructions } of stages) {
        const copied = instructions.findIndex(copiesEverything);
        const installed = instructions.findIndex(
          (node) => node.kind === 'Run' && commandsOf(node).some(installsPackages),
        );
        const node = instructions[installed];
        if (copied < 0 || node === undefined || installed < copied) continue;
        report({
          node,
          message: 'Packages are installed after all sources were copied.',
          hint: 'Copy the manifest and the lockfile first, install, and copy the rest then.',
        });
      }
    },
  }),
};

function copiesEverything(node: InstructionNode): boolean {
  if (node.kind !== 'Copy' && node.kind !== 'Add') return false;
  if (node.kind === 'Copy' && node.from !== undefined) return false;
  return node.sources.some((source) => ['.', './'].includes(wordText(source)));
}

/** What the manifest lists; a tool that is named in the command needs no file of the project. */
function installsPackages(command: SimpleCommand): boolean {
  if (hasFlag(command, '-g', '--global', '--location')) return false;
  return (
    isCommand(command, 'npm', 'ci', 'install', 'i') ||
    isCommand(command, 'pnpm', 'install', 'i') ||
    (isCommand(command, 'yarn') && (command.words[1] ?? 'install') === 'install') ||
    (/^pip3?$/u.test(command.words[0] ?? '') && command.words.includes('-r')) ||
    isCommand(command, 'poetry', 'install') ||
    isCommand(command, 'uv', 'sync') ||
    isCommand(command, 'bundle', 'install') ||
    isCommand(command, 'composer', 'install') ||
    (isCommand(command, 'go', 'mod') && command.words.includes('download')) ||
    isCommand(command, 'cargo', 'fetch')
  );
}
