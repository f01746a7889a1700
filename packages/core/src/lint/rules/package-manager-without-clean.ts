import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';
import { commandsOf, isCommand, shellTextOf } from '../shell/commands-of.ts';
import { isShipped } from '../stage-chain.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const packageManagerWithoutClean: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'package-manager-without-clean',
    aliases: ['DL3032', 'DL3036', 'DL3040'],
    severity: 'warning',
    why: 'What the package manager downloaded stays in the image.',
  },
  (node, { stage, dockerfile }) => {
    if (node.kind !== 'Run' || stage === undefined || !isShipped(stage, dockerfile)) return undefined;
    if ((node.mounts ?? []).some(({ type }) => type === 'cache')) return undefined;
    const commands = commandsOf(node);
    const name = ['yum', 'dnf', 'microdnf', 'zypper'].find((each) =>
      commands.some((command) => isCommand(command, each, 'install', 'in')),
    );
    if (name === undefined) return undefined;
    const isClean =
      commands.some((command) => isCommand(command, name, 'clean', 'cc')) ||
      /\brm\b[^&;\n]*\/var\/cache/u.test(shellTextOf(node));
    return isClean
      ? undefined
      : {
          message: `"${name} install" leaves its cache in the image.`,
          hint: `End the RUN with "${name} clean all".`,
        };
  },
);
