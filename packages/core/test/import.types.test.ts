import { expect, test } from 'vitest';
import { typeErrors } from '../../../tests/support/type-check.ts';
import { isStagecraftError, parseDockerfile, toTypeScript } from '../src/index.ts';
import { readCases } from './conformance-cases.ts';

interface EvalCase {
  readonly id: string;
  readonly dockerfile: string;
  readonly error?: unknown;
}

test('every program that an import writes has the right types, and names nothing it does not use', () => {
  const cases = readCases<EvalCase>('eval.jsonl').filter(({ error }) => error === undefined);
  const files = Object.fromEntries(cases.flatMap(programOf));
  expect(Object.keys(files).length).toBeGreaterThan(250);
  expect(typeErrors(files)).toEqual([]);
});

/** No program where the file says something that can't be written again. */
function programOf({ id, dockerfile }: EvalCase): readonly (readonly [string, string])[] {
  try {
    return [[`${id.replaceAll('/', '-')}.ts`, toTypeScript(parseDockerfile(dockerfile))]];
  } catch (error) {
    if (isStagecraftError(error)) return [];
    throw error;
  }
}
