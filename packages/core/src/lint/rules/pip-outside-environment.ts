import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag } from '../shell/commands-of.ts';
import { rootImage } from '../stage-chain.ts';

/** @see https://peps.python.org/pep-0668/ */
export const pipOutsideEnvironment: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'pip-outside-environment',
    severity: 'error',
    why: 'The Python of Debian and Ubuntu refuses packages that are not its own: they belong into a virtual environment.',
  },
  (command, _run, { stage, dockerfile }) => {
    const [program = '', subcommand] = command.words;
    if (!/^pip3?$/u.test(program) || subcommand !== 'install' || stage === undefined) return undefined;
    const isSystem = /^(?:docker\.io\/)?(?:library\/)?(?:debian|ubuntu)(?::|@|$)/u.test(
      rootImage(stage, dockerfile),
    );
    if (!isSystem || hasFlag(command, '--break-system-packages', '--target', '--prefix')) return undefined;
    return {
      message: '"pip install" is refused by the Python of the distribution.',
      hint: 'Make an environment with "python3 -m venv /opt/venv", and use "/opt/venv/bin/pip".',
    };
  },
);
