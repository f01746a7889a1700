import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { buildpackTrixie } from './buildpack.mjs';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * A toolchain on top of the common compiler layer.
 * @param {string} name
 * @param {Omit<import('../lib/family.mjs').FamilyImage, 'layers'> & { packages: readonly string[], after?: string }} options
 * @returns {import('../lib/family.mjs').Family}
 */
function toolchain(name, { packages, after = '', ...image }) {
  const lower = buildpackTrixie.images[0]?.layers ?? [];
  return {
    name,
    sources: [import.meta.url, ...rootfsSources],
    release: 'trixie',
    needs: [buildpackTrixie],
    images: [{ ...image, layers: [...lower, `${name}/tools`] }],
    async build({ root, directory, layers }) {
      const on = lower.map((layer) => /** @type {import('../lib/layer.mjs').Layer} */ (layers.get(layer)));
      return { tools: await extend(root, directory, { on, packages, after }) };
    },
  };
}

/** Debian's rustc and cargo (1.85) at the official image's paths; no rustup. */
export const rust = toolchain('rust', {
  tags: ['rust:1-trixie', 'rust:1'],
  alias: /^rust:1(\.\d+)*(-slim)?(-trixie)?$/,
  packages: ['cargo', 'rustc'],
  after: `
    install -d -m 777 "$ROOT/usr/local/cargo" "$ROOT/usr/local/cargo/bin"
    for name in cargo rustc rustdoc; do ln -s "/usr/bin/$name" "$ROOT/usr/local/cargo/bin/$name"; done
  `,
  config: {
    Env: [`PATH=/usr/local/cargo/bin:${path}`, 'CARGO_HOME=/usr/local/cargo', 'RUST_VERSION=1.85'],
    Cmd: ['bash'],
  },
});

/** Debian's gcc 14, with the CMake and Ninja that the official image leaves to its users. */
export const gcc = toolchain('gcc', {
  tags: ['gcc:14', 'gcc:14-trixie'],
  alias: /^gcc:14(\.\d+)*(-trixie)?$/,
  packages: ['cmake', 'ninja-build'],
  config: { Env: [`PATH=${path}`], Cmd: ['bash'] },
});
