import { isStagecraftError, StagecraftError } from '../errors/stagecraft-error.ts';
import { callSiteOf, rememberCallSite } from '../source/call-site.ts';

/** Runs `create`; an error of ours that has no place gets the line of the user's call. */
export function withCallSite<T>(create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (!isStagecraftError(error) || error.where !== undefined) throw error;
    const { code, message, hint, cause } = error;
    throw new StagecraftError(code, message, { hint, cause, where: callSiteOf(rememberCallSite({})) });
  }
}
