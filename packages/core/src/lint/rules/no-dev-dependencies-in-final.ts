import type { DockerfileNode } from '../../ast/dockerfile.ts';
import type { InstructionNode } from '../../ast/index.ts';
import type { StageNode } from '../../ast/stage.ts';
import { wordText } from '../../ast/word-text.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf, hasFlag, isCommand, shellTextOf } from '../shell/commands-of.ts';
import type { SimpleCommand } from '../shell/split-commands.ts';
import { chainOf, findStage } from '../stage-chain.ts';
import { unquoted } from '../unquoted.ts';

/** The variable set for the install, and not for a build behind it. */
const productionInstall =
  /\bNODE_ENV=["']?production["']?\s+(?:\w+=\S+\s+)*(?:npm|pnpm|yarn)\s+(?:ci|install|i)\b|\bexport\s+NODE_ENV=["']?production\b/u;

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noDevDependenciesInFinal: LintRule = {
  name: 'no-dev-dependencies-in-final',
  severity: 'warning',
  why: 'Tools for development make the image larger and bring holes of their own.',
  listen: ({ report }) => ({
    dockerfile: (dockerfile) => {
      const { stages } = dockerfile;
      const last = stages.at(-1);
      if (last === undefined) return;
      const isFull = leavesEverything(last, dockerfile);
      for (const node of last.instructions) {
        const installs = isFull && node.kind === 'Run' && commandsOf(node).some(isFullInstall);
        const from = installs ? undefined : packagesFrom(node, stages);
        if (!installs && (from === undefined || !leavesEverything(from, dockerfile))) continue;
        report({
          node,
          message: 'Development dependencies reach the final image.',
          hint: 'Install them without: "npm ci --omit=dev", "pnpm install --prod", "yarn install --production".',
        });
      }
    },
  }),
};

/** The stage whose packages a COPY takes. */
function packagesFrom(node: InstructionNode, stages: readonly StageNode[]): StageNode | undefined {
  if (node.kind !== 'Copy' || node.from?.kind !== 'name') return undefined;
  const isPackages = node.sources.some((source) => /(?:^|\/)node_modules\/?$/u.test(wordText(source)));
  return isPackages ? findStage(node.from.name, stages) : undefined;
}

function leavesEverything(stage: StageNode, dockerfile: DockerfileNode): boolean {
  if (chainOf(stage, dockerfile).some(isProduction)) return false;
  const commands = stage.instructions.flatMap((node) => (node.kind === 'Run' ? commandsOf(node) : []));
  return (
    commands.some(isFullInstall) &&
    !commands.some((command) => ['npm', 'pnpm'].some((name) => isCommand(command, name, 'prune', 'deploy')))
  );
}

function isFullInstall(command: SimpleCommand): boolean {
  const installs =
    isCommand(command, 'npm', 'ci', 'install', 'i') ||
    isCommand(command, 'pnpm', 'install', 'i') ||
    (isCommand(command, 'yarn') && (command.words[1] ?? 'install') === 'install');
  const packages = command.words.slice(2).filter((word) => !word.startsWith('-'));
  const isGlobal = hasFlag(command, '-g', '--global', '--location');
  return (
    installs &&
    !isGlobal &&
    packages.length === 0 &&
    !hasFlag(command, '--omit', '--only', '--prod', '--production', '-P')
  );
}

function isProduction({ instructions }: StageNode): boolean {
  return instructions.some(
    (node) =>
      (node.kind === 'Env' &&
        node.pairs.some(
          ([key, value]) => wordText(key) === 'NODE_ENV' && unquoted(wordText(value)) === 'production',
        )) ||
      (node.kind === 'Run' && productionInstall.test(shellTextOf(node))),
  );
}
