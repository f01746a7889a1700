import { expect, test } from 'vitest';
import { createArg } from '../ast/arg.ts';
import { createCopy } from '../ast/copy.ts';
import { createDockerfile, type DockerfileNode } from '../ast/dockerfile.ts';
import { createEnv } from '../ast/env.ts';
import { createFrom } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import { createOnBuild } from '../ast/on-build.ts';
import { createRun } from '../ast/run.ts';
import { createStage } from '../ast/stage.ts';
import { createExpansion } from '../ast/word.ts';
import { createWorkdir } from '../ast/workdir.ts';
import { evaluateStages } from './evaluate-stages.ts';
import type { EvaluateOptions, Evaluation, EvaluationTools } from './evaluation.ts';
import type { EvaluationObserver } from './observer.ts';

const variable = (name: string) => createExpansion([{ kind: 'Variable', name }]);

function fileOf(...stages: readonly (readonly InstructionNode[])[]): DockerfileNode {
  return createDockerfile({
    directives: [],
    escape: '\\',
    args: [],
    stages: stages.map((instructions, index) =>
      createStage({
        from: createFrom({ base: { kind: 'image', image: 'base' }, name: `s${index}` }),
        instructions,
      }),
    ),
  });
}

function evaluate(
  file: DockerfileNode,
  options: EvaluateOptions = {},
  tools: EvaluationTools = {},
): Evaluation {
  return evaluateStages(file, options, tools);
}

test('evaluates a graph that was built: literals stay, variables are replaced', () => {
  const file = fileOf([
    createArg({ args: [{ name: 'V', default: '1 "2"' }] }),
    createEnv({
      pairs: [
        ['A', '$V'],
        ['B', variable('V')],
      ],
    }),
    createWorkdir({ path: 'x' }),
    createRun({ command: { form: 'shell', commands: ['a', variable('V')] } }),
  ]);
  const { image, runs } = evaluate(file);
  expect(image.Env?.slice(1)).toEqual(['A=$V', 'B=1 "2"']);
  expect(runs).toMatchObject([{ args: ['/bin/sh', '-c', 'a && ${V}'], cwd: '/x' }]);
});

test('a stage that copies from a later one is refused', () => {
  const copy = createCopy({ from: { kind: 'name', name: 's1' }, sources: ['/a'], dest: '/a' });
  expect(() => evaluate(fileOf([copy], []), { target: 's0' })).toThrow('before it is defined');
});

test('two stages that copy from each other are refused', () => {
  const copyFrom = (name: string) => createCopy({ from: { kind: 'name', name }, sources: ['/'], dest: '/' });
  expect(() => evaluate(fileOf([copyFrom('s1')], [copyFrom('s0')]))).toThrow('depends on itself');
});

test('a hundred thousand stages in a row are no problem', () => {
  const stages = Array.from({ length: 100_000 }, (_, index) =>
    index === 0
      ? []
      : [createCopy({ from: { kind: 'name', name: `s${index - 1}` }, sources: ['/'], dest: '/' })],
  );
  expect(evaluate(fileOf(...stages)).stages).toHaveLength(100_000);
});

test('the same step on the same base counts once', () => {
  const run = createRun({ command: { form: 'exec', argv: ['x'] } });
  const copies = ['s0', 's1'].map((name) =>
    createCopy({ from: { kind: 'name', name }, sources: ['/'], dest: `/${name}` }),
  );
  expect(evaluate(fileOf([run], [run], copies)).runs).toHaveLength(1);
});

test('a build context takes the place of a stage', () => {
  const file = fileOf(
    [createRun({ command: { form: 'exec', argv: ['never'] } })],
    [createCopy({ from: { kind: 'name', name: 's0' }, sources: ['/a'], dest: '/a' })],
  );
  const { runs, files } = evaluate(file, { contexts: ['s0'] });
  expect({ runs, files: files.length }).toEqual({ runs: [], files: 1 });
});

test('an ONBUILD trigger that was built is printed by the lent printer', () => {
  const trigger = createRun({ command: { form: 'exec', argv: ['x'] } });
  const file = fileOf([createOnBuild({ trigger })]);
  expect(evaluate(file, {}, { writeTrigger: () => 'RUN ["x"]' }).image.OnBuild).toEqual(['RUN ["x"]']);
  expect(() => evaluate(file)).toThrow('without a printer');
});

test('an observer hears the words and which of their variables are not set', () => {
  const heard: unknown[] = [];
  const observer: EvaluationObserver = {
    from: ({ base, index }) => heard.push([index, base.value]),
    instruction: ({ node }) => heard.push(node.kind),
    word: ({ values, unset }) => heard.push([values, unset]),
  };
  evaluate(fileOf([createEnv({ pairs: [['A', variable('NOPE')]] })]), {}, { observer });
  expect(heard).toEqual([[0, 'base'], 'Env', [['A'], []], [[''], ['NOPE']]]);
});
