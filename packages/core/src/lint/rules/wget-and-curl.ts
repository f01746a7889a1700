import type { LintRule } from '../rule.ts';
import { commandsOf, isCommand } from '../shell/commands-of.ts';

/** @see https://docs.docker.com/build/building/best-practices/ */
export const wgetAndCurl: LintRule = {
  name: 'wget-and-curl',
  aliases: ['DL4001'],
  severity: 'warning',
  why: 'Two tools for one job, both in the image.',
  listen: ({ report }) => ({
    dockerfile: ({ stages }) => {
      for (const { instructions } of stages) {
        const users = (name: string) =>
          instructions.find(
            (node) => node.kind === 'Run' && commandsOf(node).some((command) => isCommand(command, name)),
          );
        const [wget, curl] = [users('wget'), users('curl')];
        if (wget === undefined || curl === undefined) continue;
        const node = instructions.indexOf(wget) > instructions.indexOf(curl) ? wget : curl;
        report({ node, message: 'Both "wget" and "curl" are used.', hint: 'Use one of them, or ADD.' });
      }
    },
  }),
};
