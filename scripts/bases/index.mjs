import { busybox } from './busybox.mjs';

/**
 * Every family, the ones needed by others first.
 * @type {readonly import('../lib/family.mjs').Family[]}
 */
export const families = [busybox];
