import { expect, test } from 'vitest';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import type { EvaluateOptions, Evaluation } from '../src/evaluate/evaluation.ts';
import { evaluate } from '../src/evaluate-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { readCases } from './conformance-cases.ts';

interface EvalCase extends EvaluateOptions {
  readonly id: string;
  readonly dockerfile: string;
  readonly image?: Readonly<Record<string, unknown>>;
  readonly stages?: readonly number[];
  readonly runs?: readonly object[];
  readonly files?: readonly object[];
  readonly error?: { readonly message: string; readonly line: number | null };
}

type Answer = Evaluation | { readonly error: string; readonly line: number | null };

const cases = readCases<EvalCase>('eval.jsonl');

test('every Dockerfile of the conformance vectors evaluates to what BuildKit builds, or fails on its line', () => {
  expect(cases.length).toBeGreaterThan(0);
  const differences = cases.flatMap((entry) => {
    const { id, dockerfile, image, stages, runs, files, error } = entry;
    const actual = comparable(answerTo(entry), entry);
    const wanted = error === undefined ? { image: fullImage(image), stages } : { line: error.line };
    const expected = normalize({ ...wanted, ...(runs && { runs }), ...(files && { files }) });
    return same(actual, expected) ? [] : [{ id, dockerfile, actual, expected, error: error?.message }];
  });
  expect(differences).toEqual([]);
});

function answerTo({ dockerfile, target, buildArgs, platform, images }: EvalCase): Answer {
  const options = {
    ...(target === undefined ? {} : { target }),
    ...(buildArgs === undefined ? {} : { buildArgs }),
    ...(platform === undefined ? {} : { platform }),
    ...(images === undefined ? {} : { images }),
  };
  try {
    return evaluate(parseDockerfile(dockerfile), options);
  } catch (error) {
    if (!isStagecraftError(error)) throw error;
    return { error: error.message, line: error.where?.line ?? null };
  }
}

/** Only what the case has facts about. */
function comparable(answer: Answer, entry: EvalCase): unknown {
  if ('error' in answer) return entry.error === undefined ? answer : { line: answer.line };
  const { image, stages, runs, files } = answer;
  return normalize({
    image: fullImage(image),
    stages,
    ...(entry.runs && { runs }),
    ...(entry.files && { files }),
  });
}

/** Absent, null and empty mean the same for these two. */
function fullImage(image: Evaluation['image'] | EvalCase['image']): object {
  const { Cmd, Entrypoint, ...rest } = { Cmd: null, Entrypoint: null, ...image };
  return { ...rest, Cmd: Cmd ?? [], Entrypoint: Entrypoint ?? [] };
}

/** Processes, files and mounts are multisets; members of objects have no order. */
function normalize(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normalize(item));
    const isSet = ['runs', 'files', 'mounts', 'secretEnv'].includes(key);
    return isSet ? items.sort((left, right) => compare(JSON.stringify(left), JSON.stringify(right))) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => compare(left, right));
  return Object.fromEntries(entries.map(([name, member]) => [name, normalize(member, name)]));
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
