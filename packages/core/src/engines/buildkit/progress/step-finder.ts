import type { BuildStep } from '../../../build/event.ts';
import type { RenderedDockerfile, StepOrigin } from '../../../build/request.ts';

/** What a vertex's name says: `[linux/amd64 builder 2/4] RUN make` is step 2 of the stage `builder`. */
interface VertexName {
  readonly stage: string | undefined;
  readonly index: number;
  readonly text: string;
}

/** Finds the instruction behind a step by its name. */
export type StepFinder = (id: string, name: string) => BuildStep;

interface StageSteps {
  readonly name: string;
  /** Instructions that the engine counts, in its order. */
  readonly counted: readonly StepOrigin[];
}

const countedKeywords = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

export function createStepFinder(rendered: RenderedDockerfile): StepFinder {
  const stages = splitStages(rendered.steps);
  return (id, name) => {
    const vertex = parseVertexName(name);
    const origin = vertex === undefined ? undefined : findOrigin(stages, vertex);
    if (origin === undefined)
      return vertex?.stage === undefined ? { id, name } : { id, name, stage: vertex.stage };
    const { stage, instruction, line, where } = origin;
    return { id, name, stage, instruction, dockerfileLine: line, ...(where === undefined ? {} : { where }) };
  };
}

/** The step whose instruction covers a line of the Dockerfile. */
export function originAt(rendered: RenderedDockerfile, line: number): StepOrigin | undefined {
  return rendered.steps.find((step) => step.line <= line && line <= step.endLine);
}

function splitStages(steps: readonly StepOrigin[]): readonly StageSteps[] {
  const stages: { name: string; counted: StepOrigin[] }[] = [];
  for (const step of steps) {
    const keyword = keywordOf(step.instruction);
    if (keyword === 'FROM') {
      const name = /\sAS\s+(\S+)\s*$/iu.exec(step.instruction)?.[1] ?? `stage-${stages.length}`;
      const base = /^FROM\s+(?:--\S+\s+)*(\S+)/iu.exec(step.instruction)?.[1] ?? '';
      const isEarlierStage = stages.some((stage) => stage.name.toLowerCase() === base.toLowerCase());
      // The engine makes no step of an empty base or of another stage.
      stages.push({ name, counted: base === 'scratch' || isEarlierStage ? [] : [step] });
    } else if (countedKeywords.has(keyword)) stages.at(-1)?.counted.push(step);
  }
  return stages;
}

function parseVertexName(name: string): VertexName | undefined {
  const match = /^\[(?:(\S+) )??(?:(\S+) +)?\s*(\d+)\/\d+\] (.*)$/su.exec(name);
  if (match === null) return undefined;
  return { stage: match[2] ?? match[1], index: Number(match[3]), text: match[4] ?? '' };
}

function findOrigin(stages: readonly StageSteps[], vertex: VertexName): StepOrigin | undefined {
  const wanted = vertex.stage?.toLowerCase();
  const stage =
    stages.find(({ name }) => name.toLowerCase() === wanted) ?? (stages.length === 1 ? stages[0] : undefined);
  if (stage === undefined) return undefined;
  const keyword = keywordOf(vertex.text);
  const expected = stage.counted[vertex.index - 1];
  if (expected !== undefined && keywordOf(expected.instruction) === keyword) return expected;
  // Triggers of the base image shift the numbers; then only the text tells.
  const text = squeeze(vertex.text);
  return stage.counted.find((step) => squeeze(step.instruction) === text);
}

function keywordOf(instruction: string): string {
  return /^\S+/u.exec(instruction)?.[0].toUpperCase() ?? '';
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
