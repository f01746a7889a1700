import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { trixie } from './debian.mjs';

const tools = [
  'ca-certificates',
  'curl',
  'g++',
  'gcc',
  'git',
  'libc6-dev',
  'make',
  'netbase',
  'pkg-config',
  'wget',
];
const goPackages = ['golang-1.26-go', 'golang-1.26-src'];

/**
 * Go 1.26 from trixie-backports, arranged like the official image. Every golang tag is this one toolchain:
 * it builds modules that ask for an older language version, which is all that examples need.
 * @type {import('../lib/family.mjs').Family}
 */
export const golang = {
  name: 'golang',
  sources: [import.meta.url, ...rootfsSources],
  release: 'trixie',
  packages: goPackages,
  needs: [trixie],
  images: [
    {
      tags: ['golang:1.26-trixie', 'golang:1.26', 'golang:1.24-trixie', 'golang:1.21'],
      alias: /^golang:(?!.*(alpine|windows|nanoserver))/,
      layers: ['debian-trixie/root', 'golang/toolchain'],
      config: {
        Env: [
          'PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          'GOLANG_VERSION=1.26',
          'GOTOOLCHAIN=local',
          'GOPATH=/go',
        ],
        Cmd: ['bash'],
        WorkingDir: '/go',
      },
    },
  ],
  async build({ root, directory, layers }) {
    const base = /** @type {import('../lib/layer.mjs').Layer} */ (layers.get('debian-trixie/root'));
    const after = `
      ln -s ../lib/go-1.26 "$ROOT/usr/local/go"
      install -d -m 1777 "$ROOT/go" "$ROOT/go/src" "$ROOT/go/bin"
    `;
    return {
      toolchain: await extend(root, directory, { on: [base], packages: [...tools, ...goPackages], after }),
    };
  },
};
