import { expect } from 'vitest';
import type { LintOptions } from '../src/lint/lint-options.ts';
import { lint } from '../src/lint-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';

/** What one rule says about a Dockerfile, by line and sentence; what other rules say is left out. */
export function expectFindings(
  name: string,
  text: string,
  expected: readonly { readonly line: number; readonly message: string }[],
  options: LintOptions = {},
): void {
  const { findings } = lint(parseDockerfile(text), options);
  const own = findings.filter(({ rule }) => rule === name);
  expect(own.map(({ where, message }) => ({ line: where?.line, message }))).toEqual(expected);
}
