import { checkOptions, type Shape } from './ast/check.ts';
import { createDockerfile, type DockerfileNode } from './ast/dockerfile.ts';
import { createFrom } from './ast/from.ts';
import type { InstructionNode } from './ast/index.ts';
import type { OnBuildNode } from './ast/on-build.ts';
import { createStage } from './ast/stage.ts';
import { StagecraftError } from './errors/stagecraft-error.ts';
import { evaluateStages } from './evaluate/evaluate-stages.ts';
import type { EvaluateOptions, Evaluation, EvaluationTools } from './evaluate/evaluation.ts';
import { triggerText } from './evaluate/on-build.ts';
import type { StageSource } from './graph/stage-source.ts';
import { parseDockerfile } from './parse/parse-dockerfile.ts';
import { printDockerfile } from './print/print-dockerfile.ts';
import { graphOf } from './to-dockerfile.ts';
import { invariant } from './util/invariant.ts';

const shape: Shape<EvaluateOptions> = {
  target: 'text',
  buildArgs: 'record',
  platform: 'text',
  buildPlatform: 'text',
  images: 'record',
  contexts: 'texts',
};

/**
 * What a stage or a parsed Dockerfile means for one target: image configuration, needed stages, processes and files.
 *
 * Nothing is fetched: pass the configurations of base images as `images`. Throws `evaluation-error`, with the line or call
 * where BuildKit would fail.
 * @see https://docs.docker.com/reference/dockerfile/
 * @example evaluate(parseDockerfile('FROM alpine\nARG V=1\nENV A=x$V\n')).image.Env; // ['PATH=…', 'A=x1']
 */
export function evaluate(target: StageSource | DockerfileNode, options: EvaluateOptions = {}): Evaluation {
  return evaluateStages(graphOf(target), checkOptions('evaluate', options, shape), evaluationTools);
}

/** A trigger is read on its own: with a backslash as escape token, whatever the file around it says. */
function parseInstruction(text: string): InstructionNode {
  const [instruction, ...others] = parseDockerfile(`FROM scratch\n${text}\n`).stages[0]?.instructions ?? [];
  if (instruction !== undefined && others.length === 0) return instruction;
  throw new StagecraftError('evaluation-error', `"${text}" is not a single instruction.`);
}

/** Printed and read again, so that a built trigger is stored as it would be from a file. */
function writeTrigger(node: OnBuildNode): string {
  const from = createFrom({ base: { kind: 'image', image: 'scratch' } });
  const stages = [createStage({ from, instructions: [node] })];
  const { text } = printDockerfile(createDockerfile({ directives: [], escape: '\\', args: [], stages }));
  const source = parseDockerfile(text).stages[0]?.instructions[0]?.source;
  invariant(source !== undefined, 'a printed ONBUILD is read back');
  return triggerText(source);
}

/** What the parser and the printer lend to an evaluation. */
export const evaluationTools: EvaluationTools = { parseInstruction, writeTrigger };
