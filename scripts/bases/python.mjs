import { extend, rootfsSources } from '../lib/rootfs.mjs';
import { trixie } from './debian.mjs';

const packages = ['ca-certificates', 'netbase', 'python3', 'python3-pip', 'python3-venv', 'tzdata'];

/**
 * Debian's Python 3.13 with the official image's paths: python and pip in /usr/local/bin, and pip free to install.
 * @type {import('../lib/family.mjs').Family}
 */
export const python = {
  name: 'python',
  sources: [import.meta.url, ...rootfsSources],
  release: 'trixie',
  needs: [trixie],
  images: [
    {
      tags: ['python:3.13-slim-trixie', 'python:3.13-slim'],
      alias: /^python:3\.13(\.\d+)?(-slim)?(-trixie)?$/,
      layers: ['debian-trixie/root', 'python/python'],
      config: {
        Env: [
          'PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          'LANG=C.UTF-8',
          'PYTHON_VERSION=3.13',
        ],
        Cmd: ['python3'],
      },
    },
  ],
  async build({ root, directory, layers }) {
    const on = [/** @type {import('../lib/layer.mjs').Layer} */ (layers.get('debian-trixie/root'))];
    const after = `
      rm -f "$ROOT/usr/lib/python3.13/EXTERNALLY-MANAGED"
      for name in python python3 python3.13; do ln -s /usr/bin/python3.13 "$ROOT/usr/local/bin/$name"; done
      for name in pip pip3; do ln -s /usr/bin/pip3 "$ROOT/usr/local/bin/$name"; done
    `;
    return { python: await extend(root, directory, { on, packages, after }) };
  },
};
