import type { RunNode } from '../../ast/run.ts';
import { type NodePlace, nodeRule } from '../node-rule.ts';
import type { LintRule, Report } from '../rule.ts';
import { commandsOf } from './commands-of.ts';
import type { SimpleCommand } from './split-commands.ts';

/** A rule that looks at each simple command of a RUN, and says at most one thing about each RUN. */
export function commandRule(
  header: Omit<LintRule, 'listen'>,
  check: (command: SimpleCommand, run: RunNode, place: NodePlace) => Omit<Report, 'node'> | undefined,
): LintRule {
  return nodeRule(header, (node, place) => {
    if (node.kind !== 'Run') return undefined;
    for (const command of commandsOf(node)) {
      const complaint = check(command, node, place);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  });
}
