import { describe, expect, test } from 'vitest';
import type { RenderedDockerfile } from '../../../build/request.ts';
import { createStepFinder, originAt } from './step-finder.ts';

function rendered(text: string): RenderedDockerfile {
  const steps = text
    .split('\n')
    .map((instruction, index) => ({ line: index + 1, endLine: index + 1, stage: '', instruction }));
  return { text, steps };
}

const twoStages = rendered(
  [
    'FROM golang:1.26 AS builder',
    'ENV A=1',
    'WORKDIR /src',
    'COPY . .',
    'RUN make',
    'RUN make',
    'FROM scratch',
    'LABEL x=y',
    'COPY --from=builder /a /',
    'FROM builder AS test',
    'RUN check',
  ].join('\n'),
);

function lineOf(text: RenderedDockerfile, name: string): number | undefined {
  return createStepFinder(text)('id', name).dockerfileLine;
}

describe('createStepFinder', () => {
  test.each([
    ['[builder 1/5] FROM docker.io/library/golang:1.26@sha256:abc', 1],
    ['[builder 2/5] WORKDIR /src', 3],
    ['[builder 3/5] COPY . .', 4],
    ['[builder 4/5] RUN make', 5],
    ['[builder 5/5] RUN make', 6],
    ['[stage-1 1/1] COPY --from=builder /a /', 9],
    ['[test 1/1] RUN check', 11],
    ['[linux/amd64 builder 4/5] RUN make', 5],
    ['[linux/arm64->amd64 builder 4/5] RUN make', 5],
    ['[internal] load build definition from Dockerfile', undefined],
    ['exporting to image', undefined],
    ['[unknown 1/1] RUN x', undefined],
  ])('finds %s', (name, line) => {
    expect(lineOf(twoStages, name)).toBe(line);
  });

  test('finds the steps of a single stage, whose name is not told', () => {
    const text = rendered(
      `FROM busybox\n${Array.from({ length: 12 }, (_, index) => `RUN step ${index}`).join('\n')}`,
    );
    expect(lineOf(text, '[ 2/13] RUN step 0')).toBe(2);
    expect(lineOf(text, '[12/13] RUN step 10')).toBe(12);
    expect(lineOf(text, '[linux/amd64 3/13] RUN step 1')).toBe(3);
  });

  test('goes by the text where triggers of the base shift the numbers', () => {
    const text = rendered('FROM with-onbuild\nCOPY a /a\nRUN  use   a');
    expect(lineOf(text, '[4/5] COPY a /a')).toBe(2);
    expect(lineOf(text, '[5/5] RUN use a')).toBe(3);
    expect(lineOf(text, '[3/5] RUN from the trigger')).toBe(3);
  });

  test('names the stage even of a step that it can not find', () => {
    expect(createStepFinder(twoStages)('id', '[other 9/9] RUN x').stage).toBe('other');
  });
});

test('originAt finds the instruction that a line belongs to', () => {
  const text: RenderedDockerfile = {
    text: '',
    steps: [{ line: 2, endLine: 4, stage: 's', instruction: 'RUN a' }],
  };
  expect(originAt(text, 3)?.instruction).toBe('RUN a');
  expect(originAt(text, 5)).toBeUndefined();
});
