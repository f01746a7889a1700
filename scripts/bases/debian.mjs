import { bootstrap, rootfsSources } from '../lib/rootfs.mjs';

const env = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];

/**
 * Debian's slim images, one family for each release.
 * @param {import('../lib/debian.mjs').Release} release
 * @param {readonly string[]} tags
 * @param {RegExp} [alias]
 * @returns {import('../lib/family.mjs').Family}
 */
function slim(release, tags, alias) {
  const name = `debian-${release}`;
  return {
    name,
    sources: [import.meta.url, ...rootfsSources],
    release,
    images: [
      { tags, ...(alias && { alias }), layers: [`${name}/root`], config: { Env: env, Cmd: ['bash'] } },
    ],
    build: async ({ root, directory }) => ({ root: await bootstrap(root, directory) }),
  };
}

export const trixie = slim('trixie', ['debian:trixie-slim'], /^debian:(stable|13|latest|trixie)(-slim)?$/);
export const bookworm = slim('bookworm', ['debian:bookworm-slim'], /^debian:(12|bookworm)(-slim)?$/);
export const bullseye = slim('bullseye', ['debian:bullseye-slim'], /^debian:(11|bullseye)(-slim)?$/);
