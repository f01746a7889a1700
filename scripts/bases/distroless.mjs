import { join } from 'node:path';
import { distrolessImages, distrolessSources, finishStatic, packageLayer } from '../lib/distroless.mjs';
import { packLayer } from '../lib/layer.mjs';
import { installBusybox } from './busybox.mjs';

/**
 * What each image adds to the one before it.
 * @typedef {{ static: readonly string[], nossl: readonly string[], ssl: readonly string[], cc: readonly string[] }} Packages
 */

/**
 * The images without a language: static, base-nossl, base and cc.
 * @param {number} version
 * @param {import('../lib/debian.mjs').Release} release
 * @param {Packages} packages
 * @returns {import('../lib/family.mjs').Family}
 */
function distroless(version, release, packages) {
  const name = `distroless-debian${version}`;
  const chain = ['static', 'nossl', 'ssl', 'cc'].map((layer) => `${name}/${layer}`);
  const imageNames = ['static', 'base-nossl', 'base', 'cc'];
  return {
    name,
    sources: [import.meta.url, ...distrolessSources, new URL('busybox.mjs', import.meta.url).href],
    release,
    packages: [...Object.values(packages).flat(), 'busybox-static'],
    images: imageNames.flatMap((image, index) =>
      distrolessImages(`${image}-debian${version}`, {
        layers: chain.slice(0, index + 1),
        debugLayers: [`${name}/busybox`],
      }),
    ),
    async build({ root, directory }) {
      const layer = (/** @type {keyof Packages} */ part) =>
        packageLayer(root, join(directory, part), { packages: packages[part] });
      const busyboxTree = join(directory, 'busybox');
      await installBusybox(root, busyboxTree, 'busybox');
      return {
        static: await packageLayer(root, join(directory, 'static'), {
          packages: packages.static,
          finish: finishStatic,
        }),
        nossl: await layer('nossl'),
        ssl: await layer('ssl'),
        cc: await layer('cc'),
        busybox: await packLayer(busyboxTree, root.epochSeconds),
      };
    },
  };
}

export const distroless13 = distroless(13, 'trixie', {
  static: ['base-files', 'ca-certificates', 'media-types', 'netbase', 'tzdata', 'tzdata-legacy'],
  nossl: ['libc6'],
  ssl: ['libssl3t64', 'libzstd1', 'zlib1g'],
  cc: ['gcc-14-base', 'libgcc-s1', 'libgomp1', 'libstdc++6'],
});

export const distroless12 = distroless(12, 'bookworm', {
  static: ['base-files', 'ca-certificates', 'media-types', 'netbase', 'tzdata'],
  nossl: ['libc6'],
  ssl: ['libssl3'],
  cc: ['gcc-12-base', 'libgcc-s1', 'libgomp1', 'libstdc++6'],
});
