import { wordText } from '../../ast/word-text.ts';
import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';
import { hasFlag } from '../shell/commands-of.ts';
import { hasCacheFor } from '../shell/has-cache-for.ts';
import { chainOf, isShipped } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const pipWithoutNoCacheDir: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'pip-without-no-cache-dir',
    aliases: ['DL3042'],
    severity: 'warning',
    why: 'What pip downloaded stays in the image.',
  },
  (command, run, { stage, dockerfile }) => {
    const [program = '', subcommand] = command.words;
    if (!/(?:^|\/)pip3?$/u.test(program) || subcommand !== 'install' || stage === undefined) return undefined;
    if (hasFlag(command, '--no-cache-dir') || !isShipped(stage, dockerfile)) return undefined;
    if (hasCacheFor(run, /pip/u)) return undefined;
    const isOff = chainOf(stage, dockerfile).some(({ instructions }) =>
      instructions.some(
        (node) => node.kind === 'Env' && node.pairs.some(([key]) => wordText(key) === 'PIP_NO_CACHE_DIR'),
      ),
    );
    return isOff
      ? undefined
      : {
          message: '"pip install" leaves its cache in the image.',
          hint: 'Add "--no-cache-dir", or mount a cache at /root/.cache/pip.',
        };
  },
);
