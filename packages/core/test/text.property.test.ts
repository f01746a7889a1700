import { describe, expect, test } from 'vitest';
import { createDockerfile, type DockerfileNode } from '../src/ast/dockerfile.ts';
import { createFrom } from '../src/ast/from.ts';
import type { InstructionNode } from '../src/ast/index.ts';
import { createStage } from '../src/ast/stage.ts';
import type { EscapeToken } from '../src/ast/word.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import { evaluateInstruction } from '../src/evaluate/evaluate-instruction.ts';
import { createInstructionContext, type EvaluationContext } from '../src/evaluate/evaluation-context.ts';
import { parsePlatform } from '../src/evaluate/platform.ts';
import { createStageState } from '../src/evaluate/stage-state.ts';
import { createVertexTable } from '../src/evaluate/vertex-table.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { printDockerfile } from '../src/print/print-dockerfile.ts';
import { hostileSeed, sampleHostileText } from './hostile-text.ts';
import { type Position, positions } from './text-positions.ts';

const { STAGECRAFT_TEXT_VALUES } = process.env;
/** Values for each position; a nightly run may ask for more. */
const valuesPerPosition = Number(STAGECRAFT_TEXT_VALUES ?? 100_000);
const valuesPerFile = 1000;

/** Those that most places refuse come last, so that they share files. */
const values = sampleHostileText(valuesPerPosition)
  .map((value) => ({ value, isRefused: value.includes('\n') }))
  .sort((left, right) => Number(left.isRefused) - Number(right.isRefused))
  .map(({ value }) => value);

describe.each([
  { token: '\\', name: 'a backslash' },
  { token: '`', name: 'a backtick' },
] as const)('with $name as escape token', ({ token }) => {
  const share = token === '\\' ? values : values.slice(0, Math.ceil(valuesPerPosition / 10));
  test.each(positions)('$name: every value arrives exactly or is refused', (position) => {
    let written = 0;
    for (let start = 0; start < share.length; start += valuesPerFile) {
      written += checkFile(position, share.slice(start, start + valuesPerFile), token);
    }
    expect({ position: position.name, isTested: written > 0 }).toEqual({
      position: position.name,
      isTested: true,
    });
  });
});

/** Writes the values that are not refused into one file, reads it back and compares; tells how many there were. */
function checkFile(position: Position, candidates: readonly string[], token: EscapeToken): number {
  const nodes = candidates.map((value, index) => placed(position.node(value, index), index));
  const { accepted, text } = printAccepted(nodes, token);
  const { stages } = parseDockerfile(text);
  const instructions = stages[0]?.instructions ?? [];
  const seen = { seed: hostileSeed, stages: stages.length, instructions: instructions.length };
  expect(seen).toEqual({ seed: hostileSeed, stages: 1, instructions: accepted.length });
  const evaluation = newEvaluation(token);
  const state = newState();
  for (const [order, built] of accepted.entries()) {
    const index = built.source?.location.line ?? 0;
    const value = candidates[index] ?? '';
    const [node, runs, files] = [
      instructions[order] ?? built,
      evaluation.runs.length,
      evaluation.files.length,
    ];
    const command = { node, sources: [], owner: undefined, where: undefined, isOnBuild: false };
    evaluateInstruction(node, createInstructionContext(evaluation, state, command));
    const effect = { state, run: evaluation.runs[runs], files: evaluation.files.slice(files) };
    const is = position.read(effect, index, value);
    const wanted = position.want?.(value, index) ?? value;
    if (JSON.stringify(is) !== JSON.stringify(wanted)) {
      expect({ seed: hostileSeed, value, is }).toEqual({ seed: hostileSeed, value, is: wanted });
    }
  }
  return accepted.length;
}

/** Gives the node a line, so that a problem tells which value it is about. */
function placed(node: InstructionNode, line: number): InstructionNode {
  const lists = { flags: [], args: [], heredocs: [], comments: [] };
  const text = { original: '', keyword: '', text: '', json: false, blankBefore: false };
  return { ...node, source: { location: { line, column: 1 }, ...text, ...lists } };
}

interface Printed {
  readonly accepted: readonly InstructionNode[];
  readonly text: string;
}

/** Prints what can be printed; every refusal must be about a value. */
function printAccepted(nodes: readonly InstructionNode[], token: EscapeToken): Printed {
  try {
    return { accepted: nodes, text: printDockerfile(fileWith(nodes, token)).text };
  } catch (error) {
    if (!isStagecraftError(error)) throw error;
    const problems = error.problems.length === 0 ? [error] : error.problems;
    for (const problem of problems) if (problem.code !== 'invalid-value') throw problem;
    const refused = new Set(problems.map(({ where }) => where?.line));
    const accepted = nodes.filter(({ source }) => !refused.has(source?.location.line));
    expect(accepted.length).toBeLessThan(nodes.length);
    return printAccepted(accepted, token);
  }
}

const from = createFrom({ base: { kind: 'image', image: 'scratch' } });

function fileWith(instructions: readonly InstructionNode[], token: EscapeToken): DockerfileNode {
  return createDockerfile({
    directives: token === '\\' ? [] : [{ name: 'escape', value: token }],
    escape: token,
    args: [],
    stages: [createStage({ from, instructions })],
  });
}

function newEvaluation(token: EscapeToken): EvaluationContext {
  const platform = parsePlatform('linux/amd64');
  return {
    options: {},
    tools: {},
    escape: token,
    isLabs: false,
    buildPlatform: platform,
    targetPlatform: platform,
    globalArgs: new Map(),
    vertices: createVertexTable(),
    runs: [],
    files: [],
  };
}

function newState(): ReturnType<typeof createStageState> {
  const identity = { index: 0, node: undefined, name: '', label: '', baseName: 'scratch', where: undefined };
  return createStageState({ ...identity, owner: undefined, replaced: false });
}
