import type { DockerfileNode } from '../ast/dockerfile.ts';
import { whereOf } from '../source/where.ts';
import { ensurePath, resolveBaseImage } from './base-image.ts';
import { checkCircles } from './circles.ts';
import { createStages } from './create-stages.ts';
import { evaluateInstruction } from './evaluate-instruction.ts';
import type { EvaluateOptions, Evaluation, EvaluationTools } from './evaluation.ts';
import { createInstructionContext, type EvaluationContext } from './evaluation-context.ts';
import { fail, locate } from './fail.ts';
import { finishImage } from './finish-image.ts';
import { globalArgs } from './global-args.ts';
import { fireTriggers, readRaw } from './on-build-triggers.ts';
import { parsePlatform } from './platform.ts';
import { inheritFromBase, type StageState, setVariable } from './stage-state.ts';
import { connectCommand, findTarget, reachableFrom, type StageTable } from './stage-table.ts';
import { createVertexTable } from './vertex-table.ts';
import { enterDirectory } from './workdir.ts';

/**
 * What a Dockerfile means for a target, phase by phase in BuildKit's order, so that the same mistake is found first.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
 */
export function evaluateStages(
  dockerfile: DockerfileNode,
  options: EvaluateOptions,
  tools: EvaluationTools,
): Evaluation {
  if (dockerfile.stages.length === 0) fail('The Dockerfile has no stages.', 'Start one with FROM.');
  const context = createContext(dockerfile, options, tools);
  const table = createStages(dockerfile, context);
  const target = findTarget(table, options.target);
  connectStages(table, context);
  checkCircles(table.states);
  const reachable = resolveStages(table, target, context);
  for (const state of [...table.states]) {
    if ((reachable.has(state) || tools.allStages === true) && !state.dispatched) runStage(state, context);
  }
  checkRuns(context);
  const indexes = [...reachable].flatMap(({ index }) => (index === undefined ? [] : [index]));
  return {
    image: finishImage(target, context),
    stages: indexes.sort((left, right) => left - right),
    runs: context.runs,
    files: context.files,
  };
}

function createContext(
  dockerfile: DockerfileNode,
  options: EvaluateOptions,
  tools: EvaluationTools,
): EvaluationContext {
  const { buildArgs = {}, target = '' } = options;
  const buildPlatform = parsePlatform(options.buildPlatform ?? 'linux/amd64');
  const targetPlatform = options.platform === undefined ? buildPlatform : parsePlatform(options.platform);
  const lastName = dockerfile.stages.at(-1)?.from.name?.toLowerCase() ?? '';
  const targetStage = target || lastName || 'default';
  const syntax = dockerfile.directives.find(({ name }) => name === 'syntax')?.value ?? '';
  return {
    options,
    tools,
    escape: dockerfile.escape,
    isLabs: /-labs\b/u.test(syntax),
    buildPlatform,
    targetPlatform,
    globalArgs: globalArgs(dockerfile, { buildPlatform, targetPlatform, targetStage, buildArgs }),
    vertices: createVertexTable(),
    runs: [],
    files: [],
  };
}

function connectStages(table: StageTable, context: EvaluationContext): void {
  for (const state of [...table.states]) {
    state.commands = (state.node?.instructions ?? []).map((written) => {
      const where = whereOf(written);
      const node = locate(where, () => readRaw(written, context));
      const site = { escape: context.escape, owner: written, where, isOnBuild: false };
      // BuildKit names no place here; for a node that was built, the call that made it is the better answer.
      return locate(written.source === undefined ? where : undefined, () =>
        connectCommand(node, state, table, site),
      );
    });
  }
}

/** Resolves base images and fires triggers, as long as triggers reach further stages. */
function resolveStages(
  table: StageTable,
  target: StageState,
  context: EvaluationContext,
): ReadonlySet<StageState> {
  for (;;) {
    const reachable = reachableFrom(target);
    for (const state of table.states) {
      if (state.base !== undefined || state.dispatched || state.resolved) continue;
      const isNeeded = reachable.has(state) || context.tools.allStages === true;
      locate(state.where, () => resolveBaseImage(state, isNeeded, context));
    }
    let hasNewSources = false;
    for (const state of table.states.filter((candidate) => reachable.has(candidate))) {
      inheritFromBase(state);
      if (fireTriggers(state, table, context)) hasNewSources = true;
    }
    if (!hasNewSources) return reachable;
  }
}

function runStage(state: StageState, context: EvaluationContext): void {
  inheritFromBase(state);
  state.dispatched = true;
  state.platform ??= context.targetPlatform;
  ensurePath(state);
  for (const [name, value] of state.image.env) setVariable(state, name, value);
  locate(state.where, () => {
    if (state.image.workingDir !== '') enterDirectory(state, state.image.workingDir);
  });
  if (state.image.user !== '') state.user = state.image.user;
  for (const command of state.commands) {
    locate(command.where, () => {
      evaluateInstruction(command.node, createInstructionContext(context, state, command));
    });
  }
}

/** `RUN []` is only found when the finished build is written down, without a place. */
function checkRuns({ runs }: EvaluationContext): void {
  if (runs.some(({ args }) => args.length === 0))
    fail('A RUN has no command.', 'Give it at least one argument.');
}
