import { describe, expect, test } from 'vitest';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import type { EvaluateOptions } from '../src/evaluate/evaluation.ts';
import * as core from '../src/index.ts';
import { readCases } from './conformance-cases.ts';

interface EvalCase {
  readonly id: string;
  readonly dockerfile: string;
  readonly target?: string;
  readonly buildArgs?: EvaluateOptions['buildArgs'];
  readonly platform?: string;
  readonly images?: EvaluateOptions['images'];
  readonly error?: unknown;
}

/** Runs the program that was written, as strictly as a module is. */
function execute(program: string): core.Stage {
  const body = program
    .replace(/^import \{(.*)\} from '@stagecraft\/core';/u, 'const {$1} = core;')
    .replace(/^export const /gmu, 'const ')
    .replace(/^export default /mu, 'return ');
  return new Function('core', `'use strict';\n${body}`)(core) as core.Stage;
}

/** What a file means for its last stage; `undefined` where it means nothing. */
function meaning(file: core.DockerfileNode | core.Stage, { buildArgs, platform, images }: EvalCase): unknown {
  const options = {
    ...(buildArgs === undefined ? {} : { buildArgs }),
    ...(platform === undefined ? {} : { platform }),
    ...(images === undefined ? {} : { images }),
  };
  try {
    const { image, runs, files } = core.evaluate(file, options);
    return { image, runs: runs.map(({ env, ...run }) => ({ ...run, env: [...env].sort() })), files };
  } catch (error) {
    if (isStagecraftError(error)) return undefined;
    throw error;
  }
}

/** Files whose evaluation can't be compared after the way through TypeScript, each with the reason. */
const known: Readonly<Record<string, string>> = {
  'eval/env/0024': 'An ENV without a name is refused by the printer.',
  'eval/arg-scope/0018': 'An ARG whose name is no variable name is refused by the printer.',
  'eval/cmd-entrypoint/0011': 'A CMD without a command is refused by the printer.',
  'eval/cmd-entrypoint/0012': 'An ENTRYPOINT without a command is refused by the printer.',
  'eval/onbuild/0012': 'The image keeps the text of a trigger; blanks in it are not kept.',
  'eval/onbuild/0013': 'The image keeps the text of a trigger; its spelling is not kept.',
  'eval/runs/0006': 'The name of the file that holds a script with an interpreter line is not kept.',
};

const cases = readCases<EvalCase>('eval.jsonl').filter(({ error }) => error === undefined);

describe('a Dockerfile that becomes TypeScript', () => {
  const comparable = cases.filter(
    (vector) => meaning(core.parseDockerfile(vector.dockerfile), vector) !== undefined,
  );

  test('means the same after it was imported and printed', () => {
    const different = comparable.filter((vector) => {
      try {
        const { target } = core.fromDockerfile(vector.dockerfile);
        const printed = core.parseDockerfile(core.toDockerfile(target));
        expect(meaning(printed, vector)).toEqual(meaning(core.parseDockerfile(vector.dockerfile), vector));
        return false;
      } catch {
        return true;
      }
    });
    expect(comparable.length).toBeGreaterThan(200);
    expect(different.map(({ id }) => id).filter((id) => !(id in known))).toEqual([]);
  });

  test('means the same after it was written as a program and executed', () => {
    const different = comparable.filter((vector) => {
      try {
        const program = core.toTypeScript(core.parseDockerfile(vector.dockerfile));
        const printed = core.parseDockerfile(core.toDockerfile(execute(program)));
        expect(meaning(printed, vector)).toEqual(meaning(core.parseDockerfile(vector.dockerfile), vector));
        return false;
      } catch {
        return true;
      }
    });
    expect(different.map(({ id }) => id).filter((id) => !(id in known))).toEqual([]);
  });
});
