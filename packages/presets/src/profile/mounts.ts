import type { Profile } from '@stagecraft/core';

/** Whether RUN has mounts: everywhere but on the classic builder. */
export function hasMounts(profile: Profile): boolean {
  return profile !== 'classic';
}
