import { busybox } from './busybox.mjs';
import { bookworm, bullseye, trixie } from './debian.mjs';
import { distroless12, distroless13 } from './distroless.mjs';
import { golang } from './golang.mjs';
import { ubuntu } from './ubuntu.mjs';

/**
 * Every family, the ones needed by others first.
 * @type {readonly import('../lib/family.mjs').Family[]}
 */
export const families = [busybox, distroless13, trixie, golang, ubuntu, bookworm, bullseye, distroless12];
