import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { bookworm, trixie } from './debian.mjs';

/** Version control, download tools and a C and C++ compiler: the common ground of the images with a toolchain. */
const packages = [
  ...[
    'ca-certificates',
    'curl',
    'git',
    'gnupg',
    'mercurial',
    'netbase',
    'openssh-client',
    'procps',
    'subversion',
  ],
  ...['tzdata', 'wget', 'g++', 'gcc', 'libc6-dev', 'make', 'pkg-config'],
];

/**
 * @param {import('../lib/family.mjs').Family} base
 * @returns {import('../lib/family.mjs').Family}
 */
function buildpack(base) {
  const name = `buildpack-${base.release}`;
  const baseLayer = `${base.name}/root`;
  const Env = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
  return {
    name,
    sources: [import.meta.url, ...rootfsSources],
    release: base.release,
    needs: [base],
    images: [
      {
        tags: [`buildpack-deps:${base.release}`],
        layers: [baseLayer, `${name}/tools`],
        config: { Env, Cmd: ['bash'] },
      },
    ],
    async build({ root, directory, layers }) {
      const on = [/** @type {import('../lib/layer.mjs').Layer} */ (layers.get(baseLayer))];
      return { tools: await extend(root, directory, { on, packages }) };
    },
  };
}

export const buildpackTrixie = buildpack(trixie);
export const buildpackBookworm = buildpack(bookworm);
