import { expect, test } from 'vitest';
import { createArg } from '../ast/arg.ts';
import { createCmd } from '../ast/cmd.ts';
import { createCopy } from '../ast/copy.ts';
import { createDockerfile, type DockerfileNode } from '../ast/dockerfile.ts';
import { createEnv } from '../ast/env.ts';
import { createFrom } from '../ast/from.ts';
import type { InstructionNode } from '../ast/index.ts';
import type { InstructionSource } from '../ast/node-base.ts';
import { createRun, type RunNode } from '../ast/run.ts';
import { createShell } from '../ast/shell.ts';
import { createStage } from '../ast/stage.ts';
import { createWorkdir } from '../ast/workdir.ts';
import { isStagecraftError, type StagecraftError } from '../errors/stagecraft-error.ts';
import { type PrintOptions, printDockerfile } from './print-dockerfile.ts';

const from = createFrom({ base: { kind: 'image', image: 'alpine' }, name: 'a' });
const stageOf = (...instructions: readonly InstructionNode[]) => createStage({ from, instructions });
const file = (fields: Partial<DockerfileNode>): DockerfileNode =>
  createDockerfile({ directives: [], escape: '\\', args: [], stages: [stageOf()], ...fields });
const print = (fields: Partial<DockerfileNode>, options: PrintOptions = {}): string =>
  printDockerfile(file(fields), options).text;
const run = (text: string, rest: Partial<RunNode> = {}) =>
  createRun({ command: { form: 'shell', commands: [text] }, ...rest });
const sourceOf = (original: string, blankBefore = false): InstructionSource => ({
  location: { line: 1, column: 1 },
  original,
  keyword: 'run',
  text: original,
  flags: [],
  args: [],
  json: false,
  heredocs: [],
  comments: [],
  blankBefore,
});

function errorOf(fields: Partial<DockerfileNode>, options: PrintOptions = {}): StagecraftError {
  try {
    print(fields, options);
  } catch (error) {
    if (isStagecraftError(error)) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

test('puts blank lines between stages and a newline at the end', () => {
  const args = [createArg({ args: [{ name: 'V', default: '1' }] })];
  const last = createStage({
    from: createFrom({ base: { kind: 'name', name: 'a' } }),
    instructions: [createWorkdir({ path: '/x' })],
  });
  expect(print({ args, stages: [stageOf(run('x')), last] })).toBe(
    'ARG V=1\n\nFROM alpine AS a\nRUN x\n\nFROM a\nWORKDIR /x\n',
  );
});

test('says on which lines each instruction stands', () => {
  const arg = createArg({ args: [{ name: 'V' }] });
  const env = createEnv({
    pairs: [
      ['A', '1'],
      ['B', '2'],
    ],
    comments: ['two lines', 'above'],
  });
  const copy = createCopy({ sources: [], files: [{ data: 'x\n' }], dest: '/x', parents: true });
  const { lines, text } = printDockerfile(file({ args: [arg], stages: [stageOf(env, copy)] }));
  expect(text).toBe(
    [
      '# syntax=docker/dockerfile:1.20',
      '',
      'ARG V',
      '',
      'FROM alpine AS a',
      '# two lines',
      '# above',
      'ENV A=1 \\',
      '    B=2',
      'COPY --parents <<"EOF" /x',
      'x',
      'EOF',
      '',
    ].join('\n'),
  );
  expect(lines).toEqual([
    { node: arg, stage: -1, line: 3, endLine: 3 },
    { node: from, stage: 0, line: 5, endLine: 5 },
    { node: env, stage: 0, line: 8, endLine: 9 },
    { node: copy, stage: 0, line: 10, endLine: 12 },
  ]);
});

test('prints comments unless told otherwise', () => {
  const stages = [stageOf(run('x', { comments: ['', 'a\nb '] }))];
  const commented = { stages, trailingComments: ['end'] };
  expect(print(commented)).toBe('FROM alpine AS a\n#\n# a\n# b\nRUN x\n\n# end\n');
  expect(print(commented, { comments: false })).toBe('FROM alpine AS a\nRUN x\n');
});

test('keeps a comment at the top from being read as a directive', () => {
  const stages = [createStage({ from: createFrom({ ...from, comments: ['escape=`'] }), instructions: [] })];
  expect(print({ stages })).toBe('\n# escape=`\nFROM alpine AS a\n');
});

test.each([
  ['a\0', String.raw`The comment "a\u0000" cannot be written.`],
  ['\uD800', String.raw`The comment "\ud800" cannot be written.`],
])('refuses the comment %j', (comment, message) => {
  expect(errorOf({ trailingComments: [comment] }).message).toBe(message);
});

test('prints directives first', () => {
  const directives = [
    { name: 'check', value: 'skip=all' },
    { name: 'escape', value: '`' },
  ];
  expect(print({ directives, escape: '`' })).toBe('# check=skip=all\n# escape=`\n\nFROM alpine AS a\n');
  expect(print({ escape: '`' })).toBe('# escape=`\n\nFROM alpine AS a\n');
});

test.each([
  { name: 'escape', value: '`' },
  { name: 'other', value: 'x' },
  { name: 'check', value: 'a\nb' },
  { name: 'syntax', value: '' },
])('refuses the directive %j', (directive) => {
  expect(errorOf({ directives: [directive] }).message).toContain('is not a directive of this file.');
});

test('keeps a given frontend for an engine that can fetch it, and derives none', () => {
  const directives = [{ name: 'syntax', value: 'docker/dockerfile:1' }];
  const stages = [stageOf(createCopy({ sources: ['a'], dest: '/', parents: true }))];
  expect(print({ directives, stages })).toMatch(/^# syntax=docker\/dockerfile:1\n\nFROM/u);
  expect(print({ directives }, { profile: 'buildkit' })).toBe('FROM alpine AS a\n');
  const own = [{ name: 'syntax', value: 'example.com/frontend' }];
  expect(errorOf({ directives: own }, { profile: 'classic' })).toMatchObject({
    code: 'unsupported-feature',
    message: 'The frontend "example.com/frontend" cannot be fetched with the profile "classic".',
  });
});

test('prints instructions that were read as they stood, if asked to', () => {
  const original = 'run   echo \\\n  hi';
  const stages = [stageOf(run('echo   hi', { source: sourceOf(original, true), comments: ['c'] }))];
  expect(print({ stages }, { keepText: true })).toBe(`FROM alpine AS a\n\n# c\n${original}\n`);
  expect(print({ stages })).toBe('FROM alpine AS a\n\n# c\nRUN echo   hi\n');
});

test('does not keep text that would swallow the next instruction', () => {
  const stages = [stageOf(run('x', { source: sourceOf('run x \\') }), run('y'))];
  expect(print({ stages }, { keepText: true })).toBe('FROM alpine AS a\nRUN x\nRUN y\n');
});

test('does not keep a here-document for an engine without them', () => {
  const command = { form: 'script', body: 'x\n' } as const;
  const stages = [stageOf(createRun({ command, source: sourceOf('RUN <<EOF\nx\nEOF') }))];
  expect(print({ stages }, { keepText: true, profile: 'buildkit' })).toContain(
    'RUN ["/bin/sh", "-c", "x\\n"]',
  );
});

test('a stage inherits the SHELL of the stage it starts from', () => {
  const command = { form: 'shell', commands: [' x'] } as const;
  const text = createCmd({ command });
  const child = (name: string) =>
    createStage({ from: createFrom({ base: { kind: 'name', name } }), instructions: [text] });
  const windows = createStage({
    from: createFrom({ base: { kind: 'image', image: 'w' }, platform: 'windows/amd64' }),
    instructions: [text],
  });
  const stages = [stageOf(createShell({ argv: ['ash', '-c'] })), child('a'), child('A'), windows];
  expect(print({ stages }).match(/^CMD.*$/gmu)).toEqual([
    'CMD ["ash", "-c", " x"]',
    'CMD ["/bin/sh", "-c", " x"]',
    'CMD ["cmd", "/S", "/C", " x"]',
  ]);
});

test('reports all problems of a file together, each at its own place', () => {
  const source = { ...sourceOf('x'), location: { line: 7, column: 1 } };
  const error = errorOf({
    stages: [stageOf(createWorkdir({ path: 'a\n', source }), run('', {}), createWorkdir({ path: '' }))],
  });
  expect(error.code).toBe('graph-problems');
  expect(error.problems.map(({ message }) => message)).toEqual([
    String.raw`The WORKDIR value "a\n" holds a line break, which a Dockerfile cannot express there.`,
    'A RUN has an empty command.',
    'WORKDIR has no value.',
  ]);
  expect(error.problems[0]?.where).toEqual({ line: 7, column: 1 });
});

test('refuses a file without stages', () => {
  expect(errorOf({ stages: [] })).toMatchObject({ code: 'empty-graph' });
});

test('refuses an image that would be read as a stage of the same name', () => {
  const image = { kind: 'image', image: 'a' } as const;
  const message = 'The image "a" has the name of a stage, which would be used instead.';
  const again = createStage({ from: createFrom({ base: image }), instructions: [] });
  expect(errorOf({ stages: [stageOf(), again] }).message).toBe(message);
  expect(errorOf({ stages: [stageOf(createCopy({ sources: ['x'], dest: '/', from: image }))] }).message).toBe(
    message,
  );
  const mounts = [{ type: 'bind', target: '/t', from: { kind: 'image', image: 'A' } }] as const;
  expect(errorOf({ stages: [stageOf(run('x', { mounts }))] }).message).toContain('The image "A"');
  const first = createStage({ from: createFrom({ base: image, name: 'a' }), instructions: [] });
  expect(print({ stages: [first] })).toBe('FROM a AS a\n');
});
