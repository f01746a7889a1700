import { nodeRule } from '../node-rule.ts';
import type { LintRule } from '../rule.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const useAbsoluteCommand: LintRule = /* @__PURE__ */ nodeRule(
  {
    name: 'use-absolute-command',
    severity: 'warning',
    why: 'A relative program is looked for in whatever directory the container starts in.',
  },
  (node) => {
    if ((node.kind !== 'Cmd' && node.kind !== 'Entrypoint') || node.command.form !== 'exec') return undefined;
    const [program = ''] = node.command.argv;
    if (!/^\.{1,2}\//u.test(program)) return undefined;
    return {
      message: `The program "${program}" is given by a relative path.`,
      hint: 'Write its absolute path, such as "/app/server".',
    };
  },
);
