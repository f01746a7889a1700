import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DockerfileNode } from '../src/ast/dockerfile.ts';
import { isStagecraftError } from '../src/errors/stagecraft-error.ts';
import { evaluate } from '../src/evaluate-dockerfile.ts';
import { parseDockerfile } from '../src/parse/parse-dockerfile.ts';
import { printDockerfile } from '../src/print/print-dockerfile.ts';
import { comparable } from './comparable-node.ts';
import { generatedDockerfile } from './generated-dockerfile.ts';
import { hostileSeed } from './hostile-text.ts';

const { STAGECRAFT_ROUND_TRIPS } = process.env;
const numRuns = Number(STAGECRAFT_ROUND_TRIPS ?? 5000);

test('what was printed reads back as what was built, unless a value was refused', () => {
  let compared = 0;
  const check = fc.property(generatedDockerfile, (file) => {
    const text = printed(file);
    if (text === undefined) return;
    compared += 1;
    const read = parseDockerfile(text);
    expect(comparable(read)).toEqual(comparable(file));
    expect(outcome(read)).toEqual(outcome(file));
    expect(printDockerfile(read).text).toBe(text);
  });
  fc.assert(check, { numRuns, seed: hostileSeed });
  expect(compared).toBeGreaterThan(numRuns / 2);
});

function printed(file: DockerfileNode): string | undefined {
  try {
    return printDockerfile(file).text;
  } catch (error) {
    if (isStagecraftError(error) && ['invalid-value', 'graph-problems'].includes(error.code))
      return undefined;
    throw error;
  }
}

/** The evaluation; of one that fails only that it does, since built nodes have no line to name. */
function outcome(file: DockerfileNode): unknown {
  try {
    const { image, stages, runs, files } = evaluate(file);
    return { image, stages, runs, files: files.length };
  } catch (error) {
    if (isStagecraftError(error)) return error.code;
    throw error;
  }
}
