import type { DockerfileNode } from '../ast/dockerfile.ts';
import { whereOf } from '../source/where.ts';
import { type CheckConfig, commentConfig, hasName } from './check-config.ts';
import { everyNode } from './every-node.ts';
import type { Finding, LintedNode } from './finding.ts';
import type { LintRule } from './rule.ts';

/** Who keeps rules silent where, and which of that was needed. */
export interface Suppressions {
  suppresses(rule: LintRule, node: LintedNode): boolean;
  /** A finding for each allowance that silenced nothing. */
  unused(dockerfile: DockerfileNode): readonly { readonly finding: Finding; readonly node: LintedNode }[];
}

export function createSuppressions(config: CheckConfig): Suppressions {
  const used = new Map<LintedNode, Set<string>>();
  return {
    suppresses: (rule, node) => {
      if (isSwitchedOff(rule, node, config)) return true;
      const names = namesOf(rule);
      const allowed = (node.allow ?? []).filter((allowance) => names.includes(allowance.rule));
      for (const allowance of allowed) {
        const known = used.get(node) ?? new Set();
        used.set(node, known.add(allowance.rule));
      }
      return allowed.length > 0;
    },
    unused: (dockerfile) =>
      everyNode(dockerfile).flatMap((node) =>
        (node.allow ?? [])
          .filter(({ rule }) => used.get(node)?.has(rule) !== true)
          .map(({ rule }) => ({ node, finding: unusedFinding(rule, node) })),
      ),
  };
}

function isSwitchedOff(rule: LintRule, node: LintedNode, config: CheckConfig): boolean {
  const configs = rule.ignoresComments === true ? [config] : [config, commentConfig(node)];
  const names = namesOf(rule);
  const isNamed = (key: 'skip' | 'experimental'): boolean =>
    configs.some((each) => names.some((name) => hasName(each[key], name)));
  return rule.experimental === true ? !isNamed('experimental') : isNamed('skip');
}

function namesOf({ name, aliases = [] }: LintRule): readonly string[] {
  return [name, ...aliases];
}

function unusedFinding(rule: string, node: LintedNode): Finding {
  const where = whereOf(node);
  return {
    rule: 'unused-suppression',
    severity: 'warning',
    message: `Nothing here breaks the rule "${rule}", yet it is allowed.`,
    hint: 'Remove the allowance.',
    ...(where === undefined ? {} : { where }),
  };
}
