import { type Mount, mount, type Profile, StagecraftError } from '@stagecraft/core';
import { hasMounts } from '../profile/mounts.ts';

/** A secret that the step sees which installs dependencies; it reaches no layer. */
export interface ServiceSecret {
  /** The id that the build gives it under. */
  readonly id: string;
  /** The file it is seen as, such as `/root/.netrc`. Default: `/run/secrets/<id>`. */
  readonly target?: string | undefined;
  /** The environment variable it is seen as, in place of a file. Needs Docker 27 or newer. */
  readonly env?: string | undefined;
}

/**
 * The mounts of a service's secrets, and of one of the preset's own.
 *
 * Throws `unsupported-feature` on the classic builder, which has none.
 */
export function secretMounts(
  { secrets: given, profile }: { readonly secrets: readonly ServiceSecret[]; readonly profile: Profile },
  own?: ServiceSecret,
): readonly Mount[] {
  const secrets = own === undefined ? given : [...given, own];
  if (secrets.length === 0) return [];
  if (!hasMounts(profile)) {
    throw new StagecraftError('unsupported-feature', 'The classic builder has no secrets.', {
      hint: 'Use the profile "buildkit", or leave the secrets away.',
    });
  }
  return secrets.map(({ id, target, env }) =>
    mount.secret(id, { ...(target !== undefined && { target }), ...(env !== undefined && { env }) }),
  );
}
