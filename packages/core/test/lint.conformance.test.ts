import { expect, test } from 'vitest';
import { readIgnore } from '../src/context/ignore/read-ignore.ts';
import type { EvaluateOptions } from '../src/evaluate/evaluation.ts';
import { buildKitChecks } from '../src/lint/buildkit-checks.ts';
import type { Finding } from '../src/lint/finding.ts';
import type { LintResult } from '../src/lint/run-rules.ts';
import { lint } from '../src/lint-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { readCases } from './conformance-cases.ts';

interface Warning {
  readonly rule: string;
  readonly message: string;
  readonly line: number;
  readonly endLine?: number;
}

interface LintCase extends Pick<EvaluateOptions, 'buildArgs' | 'platform' | 'images'> {
  readonly id: string;
  readonly dockerfile: string;
  readonly dockerignore?: string;
  readonly warnings: readonly Warning[];
  readonly buildError?: { readonly message: string; readonly line: number | null };
}

const cases = readCases<LintCase>('lint.jsonl');
const names: ReadonlySet<string> = new Set(buildKitChecks.map(({ name }) => name));

test('every warning of BuildKit is found with its rule, text and lines, and nothing else', () => {
  expect(cases.length).toBeGreaterThan(0);
  const differences = cases.flatMap((entry) => {
    const { findings, problem } = lintCase(entry);
    const actual = {
      warnings: sorted(findings.filter(({ rule }) => names.has(rule)).map(toWarning)),
      error: problem === undefined ? undefined : (problem.where?.line ?? null),
    };
    const expected = {
      warnings: sorted(entry.warnings),
      error: entry.buildError === undefined ? undefined : entry.buildError.line,
    };
    const { id, dockerfile, buildError } = entry;
    if (JSON.stringify(actual) === JSON.stringify(expected)) return [];
    return [{ id, dockerfile, actual, expected, buildError, problem: problem?.message }];
  });
  expect(differences).toEqual([]);
});

function lintCase({ dockerfile, dockerignore, buildArgs, platform, images }: LintCase): LintResult {
  return lint(parseDockerfile(dockerfile), {
    ...(dockerignore === undefined ? {} : { ignore: readIgnore(dockerignore) }),
    ...(buildArgs === undefined ? {} : { buildArgs }),
    ...(platform === undefined ? {} : { platform }),
    ...(images === undefined ? {} : { images }),
  });
}

function toWarning({ rule, message, where }: Finding): Warning {
  const { line = 0, endLine = line } = where ?? {};
  return { rule, message, line, ...(endLine === line ? {} : { endLine }) };
}

function sorted(warnings: readonly Warning[]): readonly string[] {
  return warnings
    .map(({ rule, message, line, endLine = line }) => JSON.stringify({ line, endLine, rule, message }))
    .sort();
}
