import { check, checkOptions, type Shape } from '../ast/check.ts';
import { StagecraftError } from '../errors/stagecraft-error.ts';
import type { FromOptions } from './options.ts';
import { type ImageReference, image } from './references.ts';
import type { ShellCapability } from './shell-capability.ts';

/** The distroless images that exist; any other name is passed on as it is. */
export type DistrolessName =
  | 'static'
  | 'base'
  | 'base-nossl'
  | 'cc'
  | 'python3'
  | 'java-base'
  | 'java17'
  | 'java21'
  | 'java25'
  | 'nodejs22'
  | 'nodejs24';

export interface DistrolessOptions<Debug extends boolean = boolean> {
  /** Debian release. Default: 13. */
  readonly debian?: 12 | 13;
  /** The variant with a busybox shell. Default: false. */
  readonly debug?: Debug;
  /** Which user the image runs as. Default: `'nonroot'`, which is 65532. */
  readonly user?: 'nonroot' | 'root';
}

const distrolessShape: Shape<DistrolessOptions & FromOptions> = {
  debian: 'number',
  debug: 'flag',
  user: ['nonroot', 'root'],
  platform: 'word',
};

/** The shell capability that `debug` gives. */
export type DistrolessShell<Debug extends boolean> = Debug extends true ? 'shell' : 'no-shell';

/** `gcr.io/distroless/<name>-debian<release>:<tag>`. @see https://github.com/GoogleContainerTools/distroless */
export function distrolessImage<Debug extends boolean = false>(
  name: DistrolessName | (string & {}),
  options: DistrolessOptions<Debug> & FromOptions = {},
): ImageReference<DistrolessShell<Debug>> {
  if (check('The name of distroless', name, 'text') === '') {
    throw new StagecraftError('invalid-value', 'The name of distroless is empty.', {
      hint: 'Name an image, such as "static".',
    });
  }
  checkOptions<DistrolessOptions & FromOptions>('distroless', options, distrolessShape);
  const debug = options.debug === true;
  const nonroot = options.user !== 'root';
  const tag = debug ? (nonroot ? 'debug-nonroot' : 'debug') : nonroot ? 'nonroot' : 'latest';
  const shell: ShellCapability = debug ? 'shell' : 'no-shell';
  return image(`gcr.io/distroless/${name}-debian${options.debian ?? 13}:${tag}`, {
    shell: shell as DistrolessShell<Debug>,
  });
}
