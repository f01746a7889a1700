import { type Profile, type Stage, stage } from '@stagecraft/core';
import { hasMounts } from '../profile/mounts.ts';
import { type ProjectStep, runWith } from './project-steps.ts';
import type { ServiceSettings } from './service-options.ts';

/** Where the program is made, the tests that were asked for, and which of the two the image is filled from. */
export interface TestedBuild {
  readonly build: Stage<'shell'>;
  readonly test?: Stage<'shell'>;
  /** The tests where they are required, so that no image is made unless they pass. Both hold the same files. */
  readonly made: Stage<'shell'>;
}

/** Adds the stage `test` where it is asked for: `run` gets it, and the command that runs the tests. */
export function withTests(
  build: Stage<'shell'>,
  { tests, testCommand }: Pick<ServiceSettings, 'tests' | 'testCommand'>,
  usual: string,
  run: (start: Stage<'shell'>, command: string) => Stage<'shell'> = (start, command) => start.run(command),
): TestedBuild {
  if (tests === false) return { build, made: build };
  const test = run(stage('test').from(build), testCommand ?? usual);
  return { build, test, made: tests === 'required' ? test : build };
}

/** The stages of a preset whose final stage is of one kind only. */
export function targetsOf<Final extends Stage>(
  { build, test }: TestedBuild,
  final: Final,
): Readonly<{ build: Stage<'shell'>; test?: Stage<'shell'>; final: Final }> {
  return Object.freeze(test === undefined ? { build, final } : { build, test, final });
}

/** Runs commands on what the build has read: mounted again, or copied already where RUN has no mounts. */
export function runAgain(
  start: Stage<'shell'>,
  profile: Profile,
  step: ProjectStep,
  ...commands: readonly string[]
): Stage<'shell'> {
  return hasMounts(profile) ? runWith(start, profile, step, ...commands) : start.run(...commands);
}
