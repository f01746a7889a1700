import { join } from 'node:path';
import { lint, type Profile, parseDockerfile, type Stage, toDockerfile } from '@stagecraft/core';
import { expect } from 'vitest';

/** The Dockerfile of a stage is the committed one, is read back, and no rule has anything to say about it. */
export async function expectGolden(
  name: string,
  stage: Stage,
  profile: Profile = 'buildkit',
): Promise<string> {
  const text = toDockerfile(stage, { profile });
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${name}.Dockerfile`));
  const { findings, problem } = lint(parseDockerfile(text));
  expect({ findings, problem }).toEqual({ findings: [], problem: undefined });
  expect(lint(stage).findings).toEqual([]);
  return text;
}
