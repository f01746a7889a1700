import { buildpackBookworm, buildpackTrixie } from './buildpack.mjs';
import { busybox } from './busybox.mjs';
import { bookworm, bullseye, trixie } from './debian.mjs';
import { distroless12, distroless13 } from './distroless.mjs';
import { java17, java21 } from './distroless-java.mjs';
import { nodejs24, python311, python313 } from './distroless-languages.mjs';
import { go121, go124, go126 } from './golang.mjs';
import { java, maven } from './java.mjs';
import { nginx } from './nginx.mjs';
import { node } from './node.mjs';
import { python } from './python.mjs';
import { gcc, rust } from './toolchains.mjs';
import { ubuntu } from './ubuntu.mjs';

/**
 * Every family, the ones needed by others first.
 * @type {readonly import('../lib/family.mjs').Family[]}
 */
export const families = [
  busybox,
  distroless13,
  trixie,
  buildpackTrixie,
  go126,
  ubuntu,
  bookworm,
  buildpackBookworm,
  go121,
  bullseye,
  node,
  nodejs24,
  python,
  python313,
  distroless12,
  java,
  maven,
  java21,
  rust,
  gcc,
  nginx,
  go124,
  python311,
  java17,
];
