import type { DockerfileNode } from '../ast/dockerfile.ts';
import { whereOf } from '../source/where.ts';
import { didYouMean } from '../util/suggest.ts';
import { type CheckConfig, checkCommentOf, commentConfig, hasName } from './check-config.ts';
import { everyNode } from './every-node.ts';
import type { Finding, LintedNode } from './finding.ts';
import type { LintRule } from './rule.ts';

/** Who keeps rules silent where, and which of that was needed. */
export interface Suppressions {
  suppresses(rule: LintRule, node: LintedNode): boolean;
  /** A finding for each allowance that silenced nothing, gives no reason or names no rule. */
  problems(dockerfile: DockerfileNode): readonly { readonly finding: Finding; readonly node: LintedNode }[];
}

/** Names and aliases. */
interface NamedRules {
  readonly known: ReadonlySet<string>;
  readonly own: ReadonlySet<string>;
}

const hadolintComment = /^hadolint\s+ignore=([\w,\s]+)$/iu;

/** `own` are the rules whose allowances need a reason: BuildKit's checks ask for none. */
export function createSuppressions(
  config: CheckConfig,
  rules: readonly LintRule[],
  own: readonly LintRule[],
): Suppressions {
  const used = new Map<LintedNode, Set<string>>();
  const named: NamedRules = { known: new Set(rules.flatMap(namesOf)), own: new Set(own.flatMap(namesOf)) };
  const note = (node: LintedNode, name: string): void => {
    used.set(node, (used.get(node) ?? new Set()).add(name));
  };
  return {
    suppresses: (rule, node) => {
      const names = namesOf(rule);
      const allowed = [...(node.allow ?? []).map((allowance) => allowance.rule), ...commentNames(node)];
      const found = allowed.filter((name) => names.includes(name));
      for (const name of found) note(node, name);
      return isSwitchedOff(rule, node, config) || (rule.ignoresComments !== true && found.length > 0);
    },
    problems: (dockerfile) =>
      everyNode(dockerfile).flatMap((node) =>
        problemsOf(node, used.get(node) ?? new Set(), named).map((finding) => ({ node, finding })),
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

/** Rules named by comments above an instruction: BuildKit's form, and hadolint's. */
function commentNames(node: LintedNode): readonly string[] {
  const { skip } = commentConfig(node);
  const hadolint = commentsOf(node).flatMap(
    (comment) => hadolintComment.exec(comment)?.[1]?.split(',') ?? [],
  );
  return [...(skip === 'all' ? [] : skip), ...hadolint.map((name) => name.trim())];
}

function commentsOf({ source, comments = [] }: LintedNode): readonly string[] {
  return source?.comments ?? comments;
}

function problemsOf(
  node: LintedNode,
  used: ReadonlySet<string>,
  { known, own: ours }: NamedRules,
): readonly Finding[] {
  const hasReason = /\S\s+\S/u.test(checkCommentOf(node) ?? '');
  const { skip } = commentConfig(node);
  const said = [
    ...(node.allow ?? []).map(({ rule, reason }) => ({ rule, hasReason: reason.trim() !== '' })),
    ...(skip === 'all' ? [] : [...skip].filter((rule) => rule !== '')).map((rule) => ({ rule, hasReason })),
  ];
  return said.flatMap(({ rule, hasReason: isExplained }) => {
    if (!known.has(rule)) return [unknownRule(rule, known, node)];
    if (ours.has(rule) && !isExplained) return [withoutReason(rule, node)];
    const isUnused =
      !used.has(rule) && (ours.has(rule) || (node.allow ?? []).some((each) => each.rule === rule));
    return isUnused ? [unusedFinding(rule, node)] : [];
  });
}

function unknownRule(rule: string, known: ReadonlySet<string>, node: LintedNode): Finding {
  const hint = didYouMean(rule, known) ?? 'Look at the list of rules in the docs.';
  return finding('unknown-rule', `There is no rule "${rule}".`, hint, node);
}

function withoutReason(rule: string, node: LintedNode): Finding {
  const hint = `Say why, such as "# check=skip=${rule} the reason".`;
  return finding(
    'suppression-without-reason',
    `The rule "${rule}" is silenced without a reason.`,
    hint,
    node,
  );
}

function unusedFinding(rule: string, node: LintedNode): Finding {
  const message = `Nothing here breaks the rule "${rule}", yet it is allowed.`;
  return finding('unused-suppression', message, 'Remove the allowance.', node);
}

function finding(rule: string, message: string, hint: string, node: LintedNode): Finding {
  const where = whereOf(node);
  return { rule, severity: 'warning', message, hint, ...(where === undefined ? {} : { where }) };
}
