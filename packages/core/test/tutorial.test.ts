import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lint } from '../src/lint-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';

/** Dockerfiles as tutorials show them, and what is wrong with each. */
const tutorials: readonly (readonly [string, readonly string[]])[] = [
  ['go-fat', ['no-end-of-life-base', 'no-root-user', 'no-toolchain-in-final', 'use-absolute-command']],
  ['go-multi-stage', ['no-end-of-life-base', 'no-root-user', 'use-absolute-command']],
  ['go-distroless', ['cgo-into-static', 'distroless-without-suffix', 'no-root-user', 'no-untagged-base']],
  [
    'node-fat',
    [
      'copy-before-install',
      'no-dev-dependencies-in-final',
      'no-end-of-life-base',
      'no-root-user',
      'use-npm-ci',
    ],
  ],
  [
    'node-multi-stage',
    [
      'libc-mismatch',
      'multi-source-needs-directory',
      'no-dev-dependencies-in-final',
      'no-end-of-life-base',
      'no-root-user',
      'use-npm-ci',
    ],
  ],
  ['java', ['no-end-of-life-base', 'no-root-user', 'no-untagged-base']],
  [
    'python',
    [
      'copy-before-install',
      'copy-to-relative-destination',
      'no-root-user',
      'no-untagged-base',
      'pip-outside-environment',
      'use-apt-get',
    ],
  ],
  [
    'go-scratch',
    ['apt-get-with-recommends', 'copy-to-relative-destination', 'no-root-user', 'no-untagged-base'],
  ],
  ['java-distroless', ['distroless-without-suffix', 'no-end-of-life-base', 'no-root-user']],
];

test.each(tutorials)('finds what is wrong with the tutorial %s', (name, expected) => {
  const text = readFileSync(join(import.meta.dirname, 'tutorial', `${name}.Dockerfile`), 'utf8');
  const found = lint(parseDockerfile(text)).findings.map(({ rule }) => rule);
  expect(expected.filter((rule) => !found.includes(rule))).toEqual([]);
});

test('linting takes a small multiple of parsing, and grows with the file', () => {
  const block = 'RUN apt-get update && apt-get install -y curl | cat\nCOPY a b/\nENV A=$B\nLABEL a=b\n';
  const text = (count: number): string => `FROM debian:13-slim\n${block.repeat(count / 4)}`;
  const time = (act: () => unknown): number => {
    const started = performance.now();
    act();
    return performance.now() - started;
  };
  const best = (act: () => unknown): number => Math.min(...Array.from({ length: 5 }, () => time(act)));
  const [small, large] = [parseDockerfile(text(1000)), parseDockerfile(text(4000))];
  const parsing = best(() => parseDockerfile(text(1000)));
  const linting = best(() => lint(small));
  expect(linting / parsing).toBeLessThanOrEqual(20);
  expect(best(() => lint(large)) / linting).toBeLessThanOrEqual(8);
});
