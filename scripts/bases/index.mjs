import { busybox } from './busybox.mjs';
import { bookworm, bullseye, trixie } from './debian.mjs';
import { golang } from './golang.mjs';

/**
 * Every family, the ones needed by others first.
 * @type {readonly import('../lib/family.mjs').Family[]}
 */
export const families = [busybox, trixie, bookworm, bullseye, golang];
