import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { buildpackBookworm, buildpackTrixie } from './buildpack.mjs';

/**
 * One Go release out of Debian's archive or its backports, arranged like the official image.
 * @param {string} version
 * @param {import('../lib/family.mjs').Family} base
 * @param {readonly string[]} tags
 * @param {RegExp} [alias]
 * @returns {import('../lib/family.mjs').Family}
 */
function go(version, base, tags, alias) {
  const name = `golang-${version}`;
  const packages = [`golang-${version}-go`, `golang-${version}-src`];
  const lower = base.images[0]?.layers ?? [];
  const Env = [
    'PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    `GOLANG_VERSION=${version}`,
    'GOTOOLCHAIN=local',
    'GOPATH=/go',
  ];
  const config = { Env, Cmd: ['bash'], WorkingDir: '/go' };
  return {
    name,
    sources: [import.meta.url, ...rootfsSources],
    release: base.release,
    packages,
    needs: [base],
    images: [{ tags, ...(alias && { alias }), layers: [...lower, `${name}/toolchain`], config }],
    async build({ root, directory, layers }) {
      const on = lower.map((layer) => /** @type {import('../lib/layer.mjs').Layer} */ (layers.get(layer)));
      const after = `
        ln -s ../lib/go-${version} "$ROOT/usr/local/go"
        install -d -m 1777 "$ROOT/go" "$ROOT/go/src" "$ROOT/go/bin"
      `;
      return { toolchain: await extend(root, directory, { on, packages, after }) };
    },
  };
}

/** Any golang tag without a recipe of its own gets this toolchain, which builds modules of every older language version. */
const anyOther = /^golang:(?!.*(alpine|windows|nanoserver))/;

export const go126 = go('1.26', buildpackTrixie, ['golang:1.26-trixie', 'golang:1.26'], anyOther);
export const go124 = go('1.24', buildpackTrixie, ['golang:1.24-trixie', 'golang:1.24']);
export const go121 = go('1.21', buildpackBookworm, ['golang:1.21', 'golang:1.21-bookworm']);
