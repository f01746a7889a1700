import { expect, test } from 'vitest';
import type { DockerfileNode } from '../src/ast/dockerfile.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { readCases } from './conformance-cases.ts';
import { describeFile } from './parsed-shape.ts';

interface ParseCase {
  readonly id: string;
  readonly dockerfile: string;
  readonly expect?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly line: number | null };
}

const cases = readCases<ParseCase>('parse.jsonl');

/** What we say about a file, in the shape of the vectors. */
function answer(text: string): unknown {
  let dockerfile: DockerfileNode;
  try {
    dockerfile = parseDockerfile(text);
  } catch (error) {
    if (isStagecraftError(error)) return { error: { line: error.where?.line ?? null } };
    throw error;
  }
  return describeFile(dockerfile);
}

function wanted({ expect: structure, error }: ParseCase): unknown {
  return error === undefined ? structure : { error: { line: error.line } };
}

test('every file is read as BuildKit reads it', () => {
  const different = cases.filter((vector) => {
    try {
      expect(answer(vector.dockerfile)).toEqual(wanted(vector));
      return false;
    } catch {
      return true;
    }
  });
  expect(cases.length).toBeGreaterThan(900);
  expect(different.map(({ id }) => id)).toEqual([]);
});
