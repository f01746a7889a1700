import { alpine, slim, ubuntu } from './distributions.ts';
import { distroless } from './distroless.ts';
import { chainguard, chiseled, hardened } from './hardened.ts';
import { scratch } from './scratch.ts';

/**
 * The image families a program can run in, each a function that gives a frozen {@link Runtime}.
 *
 * @example
 * go({ runtime: runtime.scratch() })
 */
export const runtime: Readonly<{
  alpine: typeof alpine;
  chainguard: typeof chainguard;
  chiseled: typeof chiseled;
  distroless: typeof distroless;
  hardened: typeof hardened;
  scratch: typeof scratch;
  slim: typeof slim;
  ubuntu: typeof ubuntu;
}> = Object.freeze({ alpine, chainguard, chiseled, distroless, hardened, scratch, slim, ubuntu });
