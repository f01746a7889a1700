import { checkOptions, type Shape } from './ast/check.ts';
import type { DockerfileNode } from './ast/dockerfile.ts';
import { evaluationTools } from './evaluate-dockerfile.ts';
import type { StageSource } from './graph/stage-source.ts';
import { buildKitChecks } from './lint/buildkit-checks.ts';
import type { LintOptions } from './lint/lint-options.ts';
import { ownRules } from './lint/own-rules.ts';
import { policyRules } from './lint/policy.ts';
import { type LintResult, runRules } from './lint/run-rules.ts';
import { graphOf } from './to-dockerfile.ts';

const shape: Shape<LintOptions> = {
  buildArgs: 'record',
  platform: 'text',
  buildPlatform: 'text',
  images: 'record',
  contexts: 'texts',
  ignore: 'record',
  contextFiles: 'texts',
  policy: 'record',
  rules: 'record',
};

/**
 * What is wrong with a stage and all it needs, or with a parsed Dockerfile: BuildKit's checks and our own rules.
 *
 * Findings point at the TypeScript call or at the line of the file. Nothing is fetched: facts about base images come from
 * `images`. Throws nothing for a Dockerfile that can't be evaluated; `problem` says where that was.
 * @see https://docs.docker.com/reference/build-checks/
 * @example
 * lint(parseDockerfile('FROM alpine:3\nCMD ls\n')).findings[0]?.rule; // 'JSONArgsRecommended'
 */
export function lint(target: StageSource | DockerfileNode, options: LintOptions = {}): LintResult {
  const { policy = {} } = checkOptions('lint', options, shape);
  const rules = [...buildKitChecks, ...ownRules, ...policyRules(policy)];
  return runRules(graphOf(target), rules, options, evaluationTools);
}
