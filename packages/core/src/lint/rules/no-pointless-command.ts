import type { LintRule } from '../rule.ts';
import { commandRule } from '../shell/command-rule.ts';

const pointless: ReadonlySet<string> = new Set([
  'free',
  'ifconfig',
  'kill',
  'mount',
  'ps',
  'service',
  'shutdown',
  'ssh',
  'top',
  'vim',
]);

/** @see https://docs.docker.com/build/building/best-practices/ */
export const noPointlessCommand: LintRule = /* @__PURE__ */ commandRule(
  {
    name: 'no-pointless-command',
    aliases: ['DL3001'],
    severity: 'info',
    why: 'The command makes no sense while an image is built.',
  },
  ({ words: [program = ''] }) =>
    pointless.has(program.slice(program.lastIndexOf('/') + 1))
      ? { message: `"${program}" has no use in RUN.`, hint: 'Remove it.' }
      : undefined,
);
