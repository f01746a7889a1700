import { image, type Profile, type Stage, StagecraftError } from '@stagecraft/core';
import { apk } from '../mixins/packages.ts';
import { hasMounts } from '../profile/mounts.ts';
import { aptInstall } from './apt-install.ts';

/** Throws `unsupported-feature` where a builder can't run on another platform than the one the image is for. */
export function requireCrossBuilder(profile: Profile): void {
  if (hasMounts(profile)) return;
  throw new StagecraftError(
    'unsupported-feature',
    "The classic builder can't compile for another platform.",
    {
      hint: 'Use the profile "buildkit", or build on a machine of that platform.',
    },
  );
}

/** `xx` gives the compiler and linker of the target platform; Debian's packages for it come beside the machine's own. */
export function crossTools(start: Stage<'shell'>): Stage<'shell'> {
  return aptInstall(withXx(start), ['clang', 'lld'])
    .arg('TARGETPLATFORM')
    .run(
      'xx-apt-get update',
      'xx-apt-get install -y --no-install-recommends gcc libc6-dev',
      'rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin',
    );
}

/** The same on Alpine, where the C library is musl. */
export function crossToolsOfAlpine(start: Stage<'shell'>): Stage<'shell'> {
  return withXx(start)
    .with(apk(['clang', 'lld']))
    .arg('TARGETPLATFORM')
    .run('xx-apk add --no-cache gcc musl-dev');
}

function withXx(start: Stage<'shell'>): Stage<'shell'> {
  return start
    .comment('check=skip=no-copy-over-system-path xx is made to be copied over the root')
    .copyFrom(image('tonistiigi/xx:1.8.0'), '/', '/');
}
