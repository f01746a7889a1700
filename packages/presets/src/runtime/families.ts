import { alpine, slim, ubuntu } from './distributions.ts';
import { distroless } from './distroless.ts';
import { scratch } from './scratch.ts';

/**
 * The image families a program can run in, each a function that gives a frozen {@link Runtime}.
 *
 * @example
 * go({ runtime: runtime.scratch() })
 */
export const runtime: Readonly<{
  alpine: typeof alpine;
  distroless: typeof distroless;
  scratch: typeof scratch;
  slim: typeof slim;
  ubuntu: typeof ubuntu;
}> = Object.freeze({ alpine, distroless, scratch, slim, ubuntu });
