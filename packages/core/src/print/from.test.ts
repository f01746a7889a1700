import { expect, test } from 'vitest';
import { createDockerfile } from '../ast/dockerfile.ts';
import { createFrom, type FromNode } from '../ast/from.ts';
import type { Origin } from '../ast/origin.ts';
import { createStage } from '../ast/stage.ts';
import { createExpansion, createRawWord, type Word } from '../ast/word.ts';
import { printDockerfile } from './print-dockerfile.ts';

const print = (fields: Omit<FromNode, 'kind'>): string => {
  const stages = [createStage({ from: createFrom(fields), instructions: [] })];
  return printDockerfile(createDockerfile({ directives: [], escape: '\\', args: [], stages })).text;
};
const image = (word: Word): Origin => ({ kind: 'image', image: word });
const variable = { kind: 'Variable', name: 'B' } as const;

test.each<readonly [Omit<FromNode, 'kind'>, string]>([
  [{ base: image('debian:trixie-slim') }, 'FROM debian:trixie-slim'],
  [{ base: image('a@sha256:0f') }, 'FROM a@sha256:0f'],
  [{ base: { kind: 'name', name: 'builder' }, name: 'test' }, 'FROM builder AS test'],
  [{ base: { kind: 'context', name: 'base' } }, 'FROM base'],
  [{ base: image(createExpansion(['golang:', variable])), name: 'Build' }, 'FROM golang:${B} AS Build'],
  [{ base: image(createRawWord('$IMAGE')) }, 'FROM $IMAGE'],
  [{ base: image('a'), platform: 'linux/arm64' }, 'FROM --platform=linux/arm64 a'],
  [{ base: image('a'), platform: createExpansion([variable]) }, 'FROM --platform=${B} a'],
])('prints %j', (fields, line) => {
  expect(print(fields)).toBe(`${line}\n`);
});

test.each<readonly [Omit<FromNode, 'kind'>, string]>([
  [{ base: image('') }, 'FROM names no image.'],
  [
    { base: image('a b') },
    'The FROM image "a b" holds white space, where the Dockerfile splits it even in quotes.',
  ],
  [{ base: image('a'), name: '1a' }, '"1a" is not a stage name.'],
  [{ base: image('a'), name: 'a b' }, '"a b" is not a stage name.'],
])('refuses %j', (fields, message) => {
  expect(() => print(fields)).toThrow(message);
});

test('a stage that is still a reference is a bug, not a mistake of the user', () => {
  const stage = createStage({ from: createFrom({ base: image('a') }), instructions: [] });
  expect(() => print({ base: { kind: 'stage', stage } })).toThrow('Stagecraft invariant broken');
});
