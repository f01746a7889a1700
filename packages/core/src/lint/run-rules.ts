import type { DockerfileNode } from '../ast/dockerfile.ts';
import { isStagecraftError, StagecraftError } from '../errors/stagecraft-error.ts';
import { evaluateStages } from '../evaluate/evaluate-stages.ts';
import type { EvaluationTools } from '../evaluate/evaluation.ts';
import type { EvaluationObserver } from '../evaluate/observer.ts';
import { parsePlatform } from '../evaluate/platform.ts';
import { whereOf } from '../source/where.ts';
import { freeze } from '../util/freeze.ts';
import { buildKitChecks } from './buildkit-checks.ts';
import { type CheckConfig, fileConfig } from './check-config.ts';
import { everyNode } from './every-node.ts';
import type { Finding, LintedNode } from './finding.ts';
import type { LintFacts } from './lint-facts.ts';
import type { LintOptions } from './lint-options.ts';
import type { LintRule, Report, RuleListeners } from './rule.ts';
import { createSuppressions } from './suppressions.ts';

/** What linting found. */
export interface LintResult {
  /** In file order. */
  readonly findings: readonly Finding[];
  /** Why the file could not be evaluated to its end, or that a finding is fatal; what comes after was not checked. */
  readonly problem?: StagecraftError;
}

/** Lets every rule hear the file and its evaluation. */
export function runRules(
  dockerfile: DockerfileNode,
  rules: readonly LintRule[],
  options: LintOptions,
  tools: EvaluationTools,
): LintResult {
  const config = attempt(() => fileConfig(dockerfile, options.buildArgs ?? {}));
  if (isStagecraftError(config)) return { findings: [], problem: config };
  const checks = new Set(buildKitChecks);
  const own = rules.filter((rule) => !checks.has(rule));
  const suppressions = createSuppressions(config, rules, own);
  const found: { readonly finding: Finding; readonly node: LintedNode }[] = [];
  const facts = createFacts(options);
  const listeners = rules.flatMap((rule) => {
    const severity = severityOf(rule, options);
    if (severity === 'off') return [];
    const report = (said: Report): void => {
      if (suppressions.suppresses(rule, said.judgedBy ?? said.node)) return;
      found.push({ node: said.node, finding: toFinding(rule, severity, said) });
    };
    return [rule.listen({ dockerfile, facts, report })];
  });
  const failure = attempt(() => runListeners(dockerfile, listeners, options, tools));
  found.push(...suppressions.problems(dockerfile).filter(({ finding }) => isOn(finding.rule, options)));
  const order = new Map(everyNode(dockerfile).map((node, index) => [node, index]));
  found.sort((left, right) => (order.get(left.node) ?? 0) - (order.get(right.node) ?? 0));
  const findings = found.map(({ finding }) => finding);
  const problem = isStagecraftError(failure) ? failure : fatal(config, findings);
  return { findings, ...(problem === undefined ? {} : { problem }) };
}

function runListeners(
  dockerfile: DockerfileNode,
  listeners: readonly RuleListeners[],
  options: LintOptions,
  tools: EvaluationTools,
): void {
  for (const listener of listeners) listener.dockerfile?.(dockerfile);
  try {
    const { ignore: _, rules: __, policy: ___, contextFiles: ____, ...evaluation } = options;
    evaluateStages(dockerfile, evaluation, { ...tools, allStages: true, observer: joined(listeners) });
  } finally {
    for (const listener of listeners) listener.end?.();
  }
}

/** One observer that tells all listeners. */
function joined(listeners: readonly RuleListeners[]): EvaluationObserver {
  const from = listeners.flatMap((listener) => listener.from ?? []);
  const base = listeners.flatMap((listener) => listener.base ?? []);
  const instruction = listeners.flatMap((listener) => listener.instruction ?? []);
  const word = listeners.flatMap((listener) => listener.word ?? []);
  return {
    from: (visit) => from.forEach((listen) => void listen(visit)),
    base: (visit) => base.forEach((listen) => void listen(visit)),
    instruction: (visit) => instruction.forEach((listen) => void listen(visit)),
    word: (visit) => word.forEach((listen) => void listen(visit)),
  };
}

function createFacts(options: LintOptions): LintFacts {
  const buildPlatform = parsePlatform(options.buildPlatform ?? 'linux/amd64');
  const { images = {}, platform } = options;
  return {
    options,
    buildPlatform,
    targetPlatform: platform === undefined ? buildPlatform : parsePlatform(platform),
    assumption: (baseName) =>
      baseName === 'scratch' || Object.hasOwn(images, baseName)
        ? undefined
        : `The configuration of "${baseName}" is not known.`,
  };
}

const nonRootRules = { 'no-root-user': 'error', 'use-numeric-user': 'error' } as const;

/** What the caller says wins over the policy, and the policy over the rule. */
function severityOf(rule: LintRule, { rules = {}, policy = {} }: LintOptions): Finding['severity'] | 'off' {
  const names = [rule.name, ...(rule.aliases ?? [])];
  const demanded: LintOptions['rules'] = policy.requireNonRoot === true ? nonRootRules : {};
  const chosen = [rules, policy.rules ?? {}, demanded].flatMap((table) =>
    names.flatMap((name) => (Object.hasOwn(table, name) ? [table[name]] : [])),
  );
  return chosen[0] ?? (rule.isOff === true ? 'off' : rule.severity);
}

/** What is said about suppressions can be switched off like a rule. */
function isOn(name: string, { rules = {} }: LintOptions): boolean {
  return !Object.hasOwn(rules, name) || rules[name] !== 'off';
}

function toFinding(rule: LintRule, severity: Finding['severity'], said: Report): Finding {
  const { node, message, hint, where = whereOf(node), assumes, fix } = said;
  return freeze<Finding>({
    rule: rule.name,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(where === undefined ? {} : { where }),
    ...(assumes === undefined ? {} : { assumes }),
    ...(fix === undefined ? {} : { fix }),
  });
}

/** The check directive speaks of BuildKit's checks; ours have severities. */
function fatal(config: CheckConfig, findings: readonly Finding[]): StagecraftError | undefined {
  const checks = new Set(buildKitChecks.map(({ name }) => name));
  const found = findings.filter(({ rule }) => checks.has(rule));
  if (!config.error || found.length === 0) return undefined;
  const rules = [...new Set(found.map(({ rule }) => rule))].join(', ');
  return new StagecraftError('lint-findings', `The check directive makes these findings fatal: ${rules}.`, {
    hint: 'Mend them, or remove "error=true".',
  });
}

function attempt<T>(act: () => T): T | StagecraftError {
  try {
    return act();
  } catch (error) {
    if (isStagecraftError(error)) return error;
    throw error;
  }
}
