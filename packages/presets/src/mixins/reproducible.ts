import type { Stage } from '@stagecraft/core';
import { touch, withEpoch } from '../service/project-steps.ts';

/**
 * Gives what a stage made one time stamp, the build argument `SOURCE_DATE_EPOCH` or 1970, so that two builds make the same
 * layer. The last step of a build stage.
 *
 * Only what is copied onto the root keeps the times of its directories: lay the files out as they will stand there.
 * @example
 * stage('build').from('gcc:14').run('make install DESTDIR=/out').with(reproducible('/out'))
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export function reproducible(directory: string): (target: Stage<'shell'>) => Stage<'shell'> {
  return (target) => withEpoch(target).run(touch(directory));
}
