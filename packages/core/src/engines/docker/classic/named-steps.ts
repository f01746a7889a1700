import type { BuildStep } from '../../../build/event.ts';
import type { RenderedDockerfile, StepOrigin } from '../../../build/request.ts';

/** The steps of a Dockerfile, numbered and named as the classic builder runs them. */
export function nameSteps({ text, steps }: RenderedDockerfile): readonly BuildStep[] {
  const stages = nameInStages(steps);
  // The builder counts the ARGs before the first stage as steps, too.
  const globals = text.split('\n', (steps[0]?.line ?? 1) - 1).flatMap((line, index): readonly BuildStep[] => {
    const instruction = keyword(line) === 'ARG' ? line : undefined;
    return instruction === undefined
      ? []
      : [{ id: '', name: instruction, instruction, dockerfileLine: index + 1 }];
  });
  return [...globals, ...stages].map((step, index) => ({ ...step, id: String(index + 1) }));
}

function nameInStages(origins: readonly StepOrigin[]): readonly BuildStep[] {
  const totals = new Map<string, number>();
  for (const { stage } of origins) totals.set(stage, (totals.get(stage) ?? 0) + 1);
  const positions = new Map<string, number>();
  return origins.map(({ stage, instruction, line, where }) => {
    const position = (positions.get(stage) ?? 0) + 1;
    positions.set(stage, position);
    const name = `[${stage} ${position}/${totals.get(stage)}] ${instruction}`;
    return { id: '', name, stage, instruction, dockerfileLine: line, ...(where && { where }) };
  });
}

/** The step behind the `number`-th announcement, or one without a place if the engine runs something of its own. */
export function stepFor(steps: readonly BuildStep[], number: number, announced: string): BuildStep {
  const step = steps[number - 1];
  if (step !== undefined && keyword(step.instruction ?? '') === keyword(announced)) return step;
  return { id: String(number), name: announced, instruction: announced };
}

/** `RUN` of `run echo`. */
export function keyword(instruction: string): string {
  return (/^\s*([A-Za-z]+)/u.exec(instruction)?.[1] ?? '').toUpperCase();
}
